package org.postroom.automations.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.Options;
import org.postroom.automations.Options.To;
import org.postroom.mail.Address;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Component;

/** What an automatic mail can be given, and what it was given, by name. */
@Component("automationChoices")
class Choices {
  private final Templates templates;
  private final Accounts accounts;

  Choices(Templates templates, Accounts accounts) {
    this.templates = templates;
    this.accounts = accounts;
  }

  Map<String, String> templates(String company, Automation automation, Options options) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "As usual: by rules, partner and kind of document");
    String purpose = automation.purpose(options).word();
    for (Template each : templates.choices(company, null, purpose))
      choices.put(each.id(), each.name() + " (" + each.language() + ")");
    String now = options.template();
    if (now != null && !choices.containsKey(now)) choices.put(now, name(company, now));
    return choices;
  }

  Map<String, String> accounts(String company, Options options) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "As usual: by rules, partner and kind of document");
    for (Account each : accounts.list(company, false))
      if (each.ofCompany()) choices.put(each.id(), each.name() + ", " + each.email().spec());
    String now = options.account();
    if (now != null && !choices.containsKey(now))
      choices.put(now, accounts.find(company, now).map(Account::name).orElse("Is gone"));
    return choices;
  }

  static Map<String, String> to(Automation automation) {
    Map<String, String> to = new LinkedHashMap<>();
    to.put("recipient_order", "By the recipient order of this kind of mail");
    to.put("addresses", "Always to these addresses");
    if (automation == Automation.GOODS_RECEIVED)
      to.put("internal", "No mail: our people are told inside Postroom");
    return to;
  }

  /** Whom it goes to, in short. */
  String to(Setting setting) {
    Options options = setting.options();
    if (options.to() == To.INTERNAL) return "Our people, inside Postroom";
    if (options.to() == To.ADDRESSES)
      return options.addresses().stream().map(Address::spec).collect(Collectors.joining(", "));
    return automation(setting).equals("Purchasing") ? "The vendor" : "The customer";
  }

  /** Null: as usual. */
  @Nullable String template(String company, Setting setting) {
    String id = setting.options().template();
    return id == null ? null : name(company, id);
  }

  /** Null: as usual. */
  @Nullable String account(String company, Setting setting) {
    String id = setting.options().account();
    return id == null ? null : accounts.find(company, id).map(Account::name).orElse("Is gone");
  }

  private String name(String company, String template) {
    return templates.find(company, template, null).map(Template::name).orElse("Is gone");
  }

  private static String automation(Setting setting) {
    return AutomationWords.group(setting.automation());
  }
}
