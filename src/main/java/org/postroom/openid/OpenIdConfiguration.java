package org.postroom.openid;

import org.postroom.access.Identities;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.net.Web;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The provider, where the settings name one. */
@Configuration(proxyBeanMethods = false)
class OpenIdConfiguration {

  @Bean
  @Conditional(Named.class)
  OpenId openId(Web web, Database database, Settings settings, Identities identities) {
    return new OpenId(web, database, settings, identities);
  }

  static final class Named implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      String name = Settings.Name.POSTROOM_OPENID_ISSUER.name();
      return isSet(context, name) || isSet(context, name + "_FILE");
    }

    private static boolean isSet(ConditionContext context, String name) {
      String value = context.getEnvironment().getProperty(name);
      return value != null && !value.isBlank();
    }
  }
}
