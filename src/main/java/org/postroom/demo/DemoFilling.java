package org.postroom.demo;

import java.util.List;
import org.postroom.access.ApiKeys;
import org.postroom.access.Caller;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Fills the firm once, before Postroom says that it is ready. */
@Component
@Conditional(DemoAsked.class)
class DemoFilling implements ApplicationRunner {
  private static final List<String> EXAMPLES_MAY =
      List.of(
          "documents:write",
          "events:write",
          "payments:write",
          "messages:send",
          "messages:read",
          "automations:manage",
          "accounts:manage");
  private final DemoCompany company;
  private final DemoBusiness business;
  private final DemoMail mail;
  private final ApiKeys keys;

  DemoFilling(DemoCompany company, DemoBusiness business, DemoMail mail, ApiKeys keys) {
    this.company = company;
    this.business = business;
    this.mail = mail;
    this.keys = keys;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (company.isFilled()) return;
    Caller maria = company.administrator();
    business.tell(maria, company.now().toLocalDate());
    List<DemoMail.Written> mails = mail.write(maria, company.now());
    company.fill(() -> mails.forEach(mail::store));
    company.keepKey(() -> keys.create(maria, examples()).text());
  }

  private static ApiKeys.Wish examples() {
    return new ApiKeys.Wish("Examples", false, EXAMPLES_MAY, List.of());
  }
}
