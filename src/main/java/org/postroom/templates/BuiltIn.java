package org.postroom.templates;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postroom.templates.Template.Level;
import org.postroom.text.Plain;

/** The texts that are always there: our words as templates. */
final class BuiltIn {
  static final String START = "built-in:";

  /** Sales, shipping, payments, purchasing. */
  static final List<String> PURPOSES =
      List.of(
          "quote",
          "quote_approval",
          "order_confirmation",
          "order_allocation",
          "order_release",
          "packing_slip",
          "ship_confirmation",
          "rma",
          "invoice",
          "credit_memo",
          "statement",
          "reminder",
          "deposit_link",
          "payment_link",
          "payment_succeeded",
          "payment_declined",
          "purchase_order",
          "item_receipt",
          "goods_received",
          "bill",
          "bill_payment",
          "portal_invitation",
          "direct_debit_invitation");

  private static final int MOST_PARAGRAPHS = 4;
  private static final Map<String, Compiled> READ = new ConcurrentHashMap<>();

  private BuiltIn() {}

  /** {@code built-in:invoice:de}. */
  static String id(String purpose, String language) {
    return START + purpose + ":" + language;
  }

  /** The template of such an id. */
  static Optional<Template> find(String company, String id) {
    String[] parts = id.split(":", -1);
    if (parts.length != 3 || !id.startsWith(START)) return Optional.empty();
    return of(company, parts[1], parts[2]);
  }

  static Optional<Template> of(String company, String purpose, String language) {
    return Words.of(language)
        .filter(words -> words.has(purpose + ".subject"))
        .map(words -> template(company, purpose, words));
  }

  /** Read once for all companies. */
  static Compiled compiled(Template template) {
    return READ.computeIfAbsent(template.id(), id -> Compiled.of(template.body()));
  }

  /** "invoices", for sentences. */
  static String name(String purpose) {
    return Words.in(Locale.ENGLISH).say(purpose + ".name", Plain.NOTHING, Locale.ENGLISH);
  }

  private static Template template(String company, String purpose, Words words) {
    String language = words.language();
    return new Template(
        company,
        id(purpose, language),
        Level.BUILT_IN,
        null,
        purpose,
        language,
        "Built-in text",
        body(purpose, words),
        Copies.NONE,
        false,
        0,
        0,
        null,
        null,
        null);
  }

  private static Body body(String purpose, Words words) {
    String start = purpose + ".";
    return new Body.Simple(
        words.source(start + "subject"),
        words.source(start + "preheader"),
        words.source(start + "heading"),
        words.source("greeting"),
        message(start, words),
        button(start, words),
        words.source(start + "closing"),
        new Body.Signature(true, words.source("regards")),
        Body.Blocks.USUAL);
  }

  private static String message(String start, Words words) {
    return Stream.iterate(1, i -> i <= MOST_PARAGRAPHS, i -> i + 1)
        .map(i -> words.source(start + "p" + i))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private static String button(String start, Words words) {
    return List.of("approve", "pay", "open").stream()
        .map(link -> words.source(start + "button." + link))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }
}
