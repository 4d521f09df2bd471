package org.postroom.access;

import java.util.List;
import org.postroom.http.Banner;
import org.postroom.http.Navigation;
import org.postroom.http.ProblemWriter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Plugs callers and the set-up gate into the web. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {
  private final Callers callers;

  AccessConfiguration(Callers callers) {
    this.callers = callers;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(callers);
  }

  @Bean
  FilterRegistrationBean<SetupGate> setupGate(Installation installation, ProblemWriter problems) {
    var registration = new FilterRegistrationBean<>(new SetupGate(installation, problems));
    registration.setOrder(-150); // before Spring Security (-100): nobody can sign in yet
    return registration;
  }

  @Bean
  FilterRegistrationBean<SetupGate.Gone> setupGone(Installation installation) {
    var registration = new FilterRegistrationBean<>(new SetupGate.Gone(installation));
    registration.setOrder(-60); // inside Spring Security
    return registration;
  }

  @Bean
  FilterRegistrationBean<PageModel> pageModel(
      Callers callers, Access access, People people, Navigation navigation, List<Banner> banners) {
    var registration =
        new FilterRegistrationBean<>(new PageModel(callers, access, people, navigation, banners));
    registration.setOrder(-40); // inside Spring Security, which knows who is there
    return registration;
  }
}
