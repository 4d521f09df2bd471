package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.WouldGoTo;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.partners.Purpose;
import org.postroom.partners.RecipientOrder;
import org.postroom.partners.RecipientOrderJson;
import org.postroom.partners.RecipientOrders;
import org.postroom.partners.RecipientOrders.Entry;
import org.postroom.partners.RecipientSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** Who gets which mail: the recipient order of each purpose, and an example of what it gives. */
@Controller
class RecipientOrdersPage {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PATH = "/recipient-orders";
  private static final int MOST = 8;

  private final RecipientOrders orders;
  private final WouldGoTo wouldGoTo;

  RecipientOrdersPage(RecipientOrders orders, WouldGoTo wouldGoTo) {
    this.orders = orders;
    this.wouldGoTo = wouldGoTo;
  }

  record Line(String word, String purpose, String order, String always, boolean changed) {
    static Line of(Entry entry) {
      RecipientOrder order = entry.order();
      return new Line(
          order.purpose().word(),
          words(order.purpose()),
          order.alternatives().stream().map(Line::together).collect(Collectors.joining(", else ")),
          order.always().stream()
              .map(RecipientOrdersPage::source)
              .collect(Collectors.joining(", ")),
          entry.changed());
    }

    private static String together(List<RecipientSource> sources) {
      return sources.stream()
          .map(RecipientOrdersPage::source)
          .collect(Collectors.joining(" together with "));
    }
  }

  @GetMapping(PATH)
  String list(Caller caller, Model model) {
    model.addAttribute("lines", orders.list(caller.company()).stream().map(Line::of).toList());
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    return "compose/recipient-orders";
  }

  /** With an example where a partner or a document is named. */
  @GetMapping(PATH + "/{purpose}")
  String edit(
      Caller caller,
      @PathVariable String purpose,
      @RequestParam(defaultValue = "") String example,
      Model model) {
    Entry entry = orders.entry(caller.company(), RecipientOrderJson.purpose(purpose));
    if (!example.isBlank())
      model.addAttribute(
          "went", wouldGoTo.example(caller.company(), entry.order(), example.strip()));
    model.addAttribute("example", example);
    return page(caller, entry, groups(entry.order()), always(entry.order()), null, model);
  }

  @PostMapping(PATH + "/{purpose}")
  String save(
      Caller caller,
      @PathVariable String purpose,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Purpose of = RecipientOrderJson.purpose(purpose);
    List<List<String>> groups = groups(posted);
    List<String> always = posted.getOrDefault("always", List.of());
    String asked = String.valueOf(posted.getFirst("do"));
    if (!asked.equals("save"))
      return page(
          caller, orders.entry(caller.company(), of), after(groups, asked), always, null, model);
    try {
      List<List<String>> filled = groups.stream().filter(group -> !group.isEmpty()).toList();
      var body = JSON.valueToTree(Map.of("alternatives", filled, "always", always));
      orders.put(caller, RecipientOrderJson.read(of, body));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, orders.entry(caller.company(), of), groups, always, problem, model);
    }
    next.addFlashAttribute("said", "Saved: who gets “" + words(of) + "”.");
    return "redirect:" + PATH;
  }

  @PostMapping(PATH + "/{purpose}/restore")
  String restore(Caller caller, @PathVariable String purpose, RedirectAttributes next) {
    Purpose of = RecipientOrderJson.purpose(purpose);
    orders.restore(caller, of);
    next.addFlashAttribute("said", "“" + words(of) + "” goes by the built-in order again.");
    return "redirect:" + PATH;
  }

  private static String page(
      Caller caller,
      Entry entry,
      List<List<String>> groups,
      List<String> always,
      @Nullable Problem problem,
      Model model) {
    String title = words(entry.order().purpose());
    model.addAttribute("title", title);
    model.addAttribute("heading", new Heading(PATH, "Who gets what", title, null));
    model.addAttribute("word", entry.order().purpose().word());
    model.addAttribute("changed", entry.changed());
    model.addAttribute("groups", groups);
    model.addAttribute("always", always);
    model.addAttribute("problem", problem);
    model.addAttribute("sources", sources());
    model.addAttribute(
        "copies",
        Map.of(
            "partner_cc",
            source(RecipientSource.PARTNER_CC),
            "template_cc",
            source(RecipientSource.TEMPLATE_CC)));
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    return "compose/recipient-order";
  }

  private static List<List<String>> groups(RecipientOrder order) {
    return order.alternatives().stream()
        .map(group -> group.stream().map(RecipientSource::word).toList())
        .toList();
  }

  private static List<String> always(RecipientOrder order) {
    return order.always().stream().map(RecipientSource::word).toList();
  }

  /** {@code alternative/0} has the words ticked there; {@code count} says how many there are. */
  private static List<List<String>> groups(MultiValueMap<String, String> posted) {
    List<List<String>> groups = new ArrayList<>();
    String count = String.valueOf(posted.getFirst("count"));
    int most = count.matches("[0-9]{1,2}") ? Math.min(MOST, Integer.parseInt(count)) : 0;
    for (int i = 0; i < most; i++)
      groups.add(List.copyOf(posted.getOrDefault("alternative/" + i, List.of())));
    return groups;
  }

  /** After {@code add}, {@code remove:1}, {@code up:1} or {@code down:1}. */
  private static List<List<String>> after(List<List<String>> groups, String asked) {
    List<List<String>> changed = new ArrayList<>(groups);
    String[] words = asked.split(":");
    if (words[0].equals("add") && changed.size() < MOST) changed.add(List.of());
    int at = words.length > 1 && words[1].matches("[0-9]{1,2}") ? Integer.parseInt(words[1]) : -1;
    if (at < 0 || at >= changed.size()) return changed;
    List<String> group = changed.remove(at);
    if (words[0].equals("up")) changed.add(Math.max(0, at - 1), group);
    if (words[0].equals("down")) changed.add(Math.min(changed.size(), at + 1), group);
    return changed;
  }

  private static Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    Arrays.stream(RecipientSource.values())
        .filter(each -> each != RecipientSource.TEMPLATE_CC && each != RecipientSource.PARTNER_CC)
        .forEach(each -> sources.put(each.word(), source(each)));
    return sources;
  }

  private static String source(RecipientSource source) {
    return switch (source) {
      case CONTACT_IF_ON -> "contact, if the partner has “contact first” on";
      case CONTACT -> "contact";
      case DOCUMENT_CONTACT -> "contact on the document only";
      case BILL_TO -> "bill-to";
      case SHIP_TO -> "ship-to";
      case SHIPMENT_NOTIFICATION -> "shipment notification of the document";
      case SHIPMENT_UPDATE -> "shipment address of the partner";
      case BILLING -> "billing";
      case MAIN -> "main";
      case PARTNER_CC -> "the partner’s copies";
      case TEMPLATE_CC -> "the template’s copies";
    };
  }

  private static String words(Purpose purpose) {
    if (purpose == Purpose.RMA) return "RMA";
    return purpose.name().charAt(0) + purpose.word().substring(1).replace('_', ' ');
  }
}
