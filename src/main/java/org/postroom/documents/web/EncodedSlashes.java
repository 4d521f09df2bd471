package org.postroom.documents.web;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Numbers such as {@code 2026/0412} are common; in an address the slash is {@code %2F}. Tomcat
 * refuses that unless told to hand it on; Spring then decodes each segment by itself.
 */
@Configuration(proxyBeanMethods = false)
class EncodedSlashes {

  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> passEncodedSlashesOn() {
    return factory ->
        factory.addConnectorCustomizers(connector ->
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
  }
}
