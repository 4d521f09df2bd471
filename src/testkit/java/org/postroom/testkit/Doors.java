package org.postroom.testkit;

import java.util.Map;
import java.util.Set;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Controllers alone, called by a given caller, with the product's JSON manners. */
public final class Doors {
  private Doors() {}

  public static Caller caller(String company, Right... rights) {
    return new Caller(company, Caller.Kind.KEY, "key_1", "key ERP", null, Set.of(rights), false);
  }

  public static MockMvcTester open(Caller caller, Object... controllers) {
    var json =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    return MockMvcTester.create(
        MockMvcBuilders.standaloneSetup(controllers)
            .setCustomArgumentResolvers(new AsCaller(caller))
            .setControllerAdvice(new Problems())
            .setMessageConverters(
                new ResourceHttpMessageConverter(), new JacksonJsonHttpMessageConverter(json))
            .build());
  }

  private record AsCaller(Caller caller) implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        ModelAndViewContainer container,
        NativeWebRequest request,
        WebDataBinderFactory binder) {
      return caller;
    }
  }

  @RestControllerAdvice
  private static final class Problems {
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> problem(Problem problem) {
      return ResponseEntity.status(problem.status())
          .body(
              Map.of(
                  "code", problem.code(), "detail", problem.detail(), "errors", problem.errors()));
    }
  }
}
