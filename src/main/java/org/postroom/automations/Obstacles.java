package org.postroom.automations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.automations.Automations.Latest;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.Options.To;
import org.postroom.partners.RecipientOrder;
import org.postroom.partners.RecipientOrders;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Service;

/** Why an automatic mail that is on does not work as things stand. */
@Service
public class Obstacles {
  private static final int IN_A_ROW = 3;

  /** Reasons that are nobody's fault: it works, and there was nothing to send. */
  private static final Set<String> FINE =
      Set.of(
          "switched_off",
          "switched_off_for_partner",
          "excluded",
          "condition",
          "already_sent",
          "nothing_due",
          "unknown_document",
          "unknown_partner",
          "no_packing_slip");

  private final Automations automations;
  private final Accounts accounts;
  private final Templates templates;
  private final RecipientOrders orders;

  Obstacles(
      Automations automations, Accounts accounts, Templates templates, RecipientOrders orders) {
    this.automations = automations;
    this.accounts = accounts;
    this.templates = templates;
    this.orders = orders;
  }

  /**
   * What stands in the way.
   *
   * @param words one sentence
   * @param path where it is put right
   * @param action what is done there
   */
  public record Obstacle(String words, String path, String action) {}

  /** Of those that are on, in the order of automations; without those that work. */
  public Map<Automation, List<Obstacle>> all(String company) {
    Map<Automation, List<Obstacle>> all = new LinkedHashMap<>();
    for (Setting setting : automations.settings(company)) {
      if (!setting.enabled()) continue;
      List<Obstacle> found = of(company, setting);
      if (!found.isEmpty()) all.put(setting.automation(), found);
    }
    return all;
  }

  /** As if it were on; empty where nothing is known to stand in the way. */
  public List<Obstacle> of(String company, Setting setting) {
    List<Obstacle> found = new ArrayList<>();
    if (setting.options().to() != To.INTERNAL) {
      account(company, setting).ifPresent(found::add);
      template(company, setting).ifPresent(found::add);
      recipients(company, setting).ifPresent(found::add);
    }
    if (found.isEmpty() && setting.enabled()) lately(company, setting).ifPresent(found::add);
    return found;
  }

  private Optional<Obstacle> account(String company, Setting setting) {
    String id = setting.options().account();
    if (id == null) return usualAccount(company);
    Optional<Account> account = accounts.find(company, id);
    String page = "/automatic/" + setting.automation().word() + "#account";
    if (account.isEmpty())
      return Optional.of(
          new Obstacle("Its account does not exist any more.", page, "Choose another"));
    return broken(account.get());
  }

  /** Without an account of its own, one of the company's must work. */
  private Optional<Obstacle> usualAccount(String company) {
    List<Account> all = accounts.list(company, false).stream().filter(Account::ofCompany).toList();
    if (all.isEmpty())
      return Optional.of(
          new Obstacle("There is no account to send from.", "/accounts/new", "Connect one"));
    if (all.stream().anyMatch(account -> broken(account).isEmpty())) return Optional.empty();
    return broken(all.stream().filter(Account::isDefault).findFirst().orElse(all.getFirst()));
  }

  private static Optional<Obstacle> broken(Account account) {
    String path = "/accounts/" + account.id();
    if (!account.active())
      return Optional.of(
          new Obstacle("“" + account.name() + "” is switched off.", path, "Switch it on"));
    if (!account.health().state().needsSomebody()) return Optional.empty();
    String reason = account.health().reason();
    return Optional.of(
        new Obstacle(
            "“" + account.name() + "” cannot send" + (reason == null ? "." : ": " + reason),
            path,
            "Repair it"));
  }

  private Optional<Obstacle> template(String company, Setting setting) {
    String id = setting.options().template();
    if (id == null) return Optional.empty();
    String page = "/automatic/" + setting.automation().word() + "#template";
    Optional<Template> template = templates.find(company, id, null);
    if (template.isEmpty())
      return Optional.of(
          new Obstacle("Its template does not exist any more.", page, "Choose another"));
    String purpose = setting.automation().purpose(setting.options()).word();
    if (template.get().purpose().equals(purpose)) return Optional.empty();
    return Optional.of(
        new Obstacle(
            "Its template “" + template.get().name() + "” is for another kind of mail.",
            page,
            "Choose another"));
  }

  private Optional<Obstacle> recipients(String company, Setting setting) {
    Options options = setting.options();
    String page = "/automatic/" + setting.automation().word() + "#to";
    if (options.to() == To.ADDRESSES && options.addresses().isEmpty())
      return Optional.of(new Obstacle("Nobody gets it.", page, "Say who"));
    if (options.to() != To.RECIPIENT_ORDER) return Optional.empty();
    var purpose = setting.automation().purpose(options);
    RecipientOrder order = orders.of(company, purpose);
    if (order.alternatives().stream().anyMatch(group -> !group.isEmpty())) return Optional.empty();
    return Optional.of(
        new Obstacle(
            "Its recipient order names nobody.",
            "/recipient-orders/" + purpose.word(),
            "Change it"));
  }

  /** The newest ones all failed. */
  private Optional<Obstacle> lately(String company, Setting setting) {
    List<Latest> last =
        automations
            .tally(
                company, setting.automation(), java.time.Instant.ofEpochMilli(Long.MAX_VALUE / 2))
            .last();
    boolean failing =
        last.size() >= IN_A_ROW && last.stream().allMatch(one -> failed(one.outcome()));
    if (!failing) return Optional.empty();
    return Optional.of(
        new Obstacle(
            "The last " + last.size() + " came to nothing: " + last.getFirst().outcome().skipped(),
            "/automatic/" + setting.automation().word() + "#history",
            "Look at them"));
  }

  private static boolean failed(BusinessEvent.Outcome outcome) {
    return outcome.skipped() != null && !FINE.contains(String.valueOf(outcome.code()));
  }
}
