package org.postroom.http;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The filters around everything, in the order in which they run. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

  @Bean
  FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
    return at(Ordered.HIGHEST_PRECEDENCE, new RequestIdFilter());
  }

  @Bean
  FilterRegistrationBean<HttpMeter> httpMeter(MeterRegistry meters) {
    return at(Ordered.HIGHEST_PRECEDENCE + 5, new HttpMeter(meters));
  }

  @Bean
  FilterRegistrationBean<BoundedBodyFilter> boundedBodyFilter(ProblemWriter problems) {
    return at(Ordered.HIGHEST_PRECEDENCE + 10, new BoundedBodyFilter(problems));
  }

  @Bean
  FilterRegistrationBean<SoundRequestFilter> soundRequestFilter(ProblemWriter problems) {
    return at(Ordered.HIGHEST_PRECEDENCE + 20, new SoundRequestFilter(problems));
  }

  @Bean
  FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
      Idempotency idempotency, ProblemWriter problems) {
    // Spring Security runs at -100; this needs to know the company.
    return at(-50, new IdempotencyFilter(idempotency, problems));
  }

  private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> at(
      int order, F filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }
}
