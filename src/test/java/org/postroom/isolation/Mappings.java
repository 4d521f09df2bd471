package org.postroom.isolation;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.postroom.testkit.RunningPostroom;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Every address the product answers, as it is mapped: a new page or operation is here by itself.
 */
final class Mappings {
  private final List<Mapping> all = new ArrayList<>();

  Mappings(RunningPostroom postroom) {
    postroom
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((info, handler) -> {
          for (PathPattern pattern :
              Objects.requireNonNull(info.getPathPatternsCondition()).getPatterns())
            info.getMethodsCondition()
                .getMethods()
                .forEach(method ->
                    all.add(
                        new Mapping(
                            method.name(), pattern, parameters(handler), isMultipart(handler))));
        });
  }

  /**
   * @param parameters names of what its method asks for by {@code @RequestParam}
   */
  record Mapping(String method, PathPattern pattern, List<String> parameters, boolean multipart) {
    boolean isApi() {
      return pattern.getPatternString().startsWith("/api/");
    }

    /** Something in the address is a variable: it may name a row. */
    boolean isOfOne() {
      return pattern.getPatternString().contains("{");
    }

    @Override
    public String toString() {
      return method + " " + pattern.getPatternString();
    }
  }

  private static List<String> parameters(HandlerMethod handler) {
    List<String> names = new ArrayList<>();
    for (Parameter each : handler.getMethod().getParameters()) {
      RequestParam asked = each.getAnnotation(RequestParam.class);
      if (asked == null || MultipartFile.class.isAssignableFrom(each.getType())) continue;
      String name = asked.name().isEmpty() ? asked.value() : asked.name();
      names.add(name.isEmpty() ? each.getName() : name);
    }
    return names;
  }

  private static boolean isMultipart(HandlerMethod handler) {
    for (Parameter each : handler.getMethod().getParameters())
      if (MultipartFile.class.isAssignableFrom(each.getType())) return true;
    return false;
  }

  List<Mapping> all() {
    return List.copyOf(all);
  }

  /** The names of those that a test picks. */
  Set<String> names(java.util.function.Predicate<Mapping> which) {
    Set<String> names = new TreeSet<>();
    all.stream().filter(which).forEach(each -> names.add(each.toString()));
    return names;
  }

  /** Which one answers: the most specific pattern, as Spring chooses. */
  Optional<Mapping> of(String method, String address) {
    PathContainer path = PathContainer.parsePath(address.replaceFirst("[?#].*", ""));
    return all.stream()
        .filter(each -> each.method().equals(method) && each.pattern().matches(path))
        .min(Comparator.comparing(Mapping::pattern));
  }
}
