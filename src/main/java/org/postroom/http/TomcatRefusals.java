package org.postroom.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What Tomcat refuses before any filter of ours sees it, such as %00 in a path, as a problem. */
final class TomcatRefusals extends ErrorReportValve {
  private final ProblemWriter problems;

  private TomcatRefusals(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    boolean answered = response.getContentWritten() > 0 || response.getStatus() < 400;
    if (answered || !response.setErrorReported()) return;
    try {
      problems.write(Translation.of(response.getStatus()), request, response);
      response.finishResponse();
    } catch (IOException gone) {
      container.getLogger().debug("The client has gone.", gone);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Wiring {
    /** After Boot's own, so that this one is asked first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> tomcatRefusals(
        ProblemWriter problems) {
      return factory ->
          factory.addContextCustomizers(
              context -> context.getParent().getPipeline().addValve(new TomcatRefusals(problems)));
    }
  }
}
