package org.postroom.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.compose.Composer;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.Outbox.Resolution;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person can do with one message. */
@Controller
class MessageActions {
  private static final int MOST_RECIPIENTS = 100;
  private static final Map<Resolution, String> DECIDED =
      Map.of(
          Resolution.ARRIVED, "Noted: it arrived. Nothing is sent again.",
          Resolution.SEND_AGAIN, "It goes out once more.",
          Resolution.NOT_SENT, "Noted: it did not arrive, and nothing is sent.");

  private final Outbox outbox;
  private final Composer composer;
  private final Story story;

  MessageActions(Outbox outbox, Composer composer, Story story) {
    this.outbox = outbox;
    this.composer = composer;
    this.story = story;
  }

  @PostMapping("/messages/{id}/retry")
  String retry(Caller caller, @PathVariable String id, RedirectAttributes next) {
    return told(
        id,
        next,
        () -> {
          outbox.retry(caller, id);
          return "It is tried again now.";
        });
  }

  @GetMapping("/messages/{id}/cancel")
  String askToCancel(Caller caller, @PathVariable String id, Model model) {
    ask(outbox.get(caller, id), "Cancel", model);
    return "console/message-cancel";
  }

  @PostMapping("/messages/{id}/cancel")
  String cancel(Caller caller, @PathVariable String id, RedirectAttributes next) {
    return told(
        id,
        next,
        () -> {
          outbox.cancel(caller, id);
          return "Cancelled. It will not be sent.";
        });
  }

  @PostMapping("/messages/{id}/decide")
  String decide(
      Caller caller,
      @PathVariable String id,
      @RequestParam String resolution,
      RedirectAttributes next) {
    Resolution decided =
        DECIDED.keySet().stream()
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(resolution))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("The decision " + resolution));
    return told(
        id,
        next,
        () -> {
          outbox.resolve(caller, id, decided);
          return DECIDED.getOrDefault(decided, "");
        });
  }

  @GetMapping("/messages/{id}/resend")
  String askToResend(Caller caller, @PathVariable String id, Model model) {
    Message message = outbox.get(caller, id);
    return resendForm(message, specs(message), null, model);
  }

  /** The recipients as typed; unchanged ones keep their roles, among them hidden copies. */
  @PostMapping("/messages/{id}/resend")
  String resend(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String to,
      Model model,
      RedirectAttributes next) {
    Message old = outbox.get(caller, id);
    try {
      boolean same = lines(to).equals(lines(specs(old)));
      Message fresh = composer.resend(caller, id, same ? List.of() : addresses(to));
      next.addFlashAttribute("said", "This is the new message. The old one links to it.");
      return "redirect:/messages/" + fresh.id();
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      return resendForm(old, to, problem, model);
    }
  }

  private String resendForm(Message message, String to, @Nullable Problem problem, Model model) {
    ask(message, "Resend", model);
    model.addAttribute("to", to);
    model.addAttribute("problem", problem);
    model.addAttribute("recipients", story.recipients(message));
    return "console/message-resend";
  }

  private void ask(Message message, String here, Model model) {
    model.addAttribute("message", message);
    model.addAttribute("title", story.title(message));
    model.addAttribute(
        "heading",
        new Heading("/messages/" + message.id(), Row.title(message), here, story.status(message)));
  }

  /** Back to the message, with what was done or why not. */
  private static String told(String id, RedirectAttributes next, Supplier<String> work) {
    try {
      next.addFlashAttribute("said", work.get());
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      next.addFlashAttribute("refused", problem.detail());
    }
    return "redirect:/messages/" + id;
  }

  private static List<Address> addresses(String typed) {
    List<Address> addresses = new ArrayList<>();
    List<Problem.FieldError> wrong = new ArrayList<>();
    for (String line : lines(typed)) {
      try {
        addresses.add(Address.parse(line));
      } catch (IllegalArgumentException notAnAddress) {
        wrong.add(
            new Problem.FieldError("/to", "invalid", String.valueOf(notAnAddress.getMessage())));
      }
    }
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    if (addresses.isEmpty()) throw Problem.invalid("/to", "required", "Enter an address.");
    if (addresses.size() > MOST_RECIPIENTS)
      throw Problem.invalid("/to", "too_many", "At most 100 recipients at once.");
    return addresses;
  }

  private static List<String> lines(String typed) {
    return typed
        .lines()
        .flatMap(line -> java.util.Arrays.stream(line.split("[,;]")))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String specs(Message message) {
    return message.recipients().stream()
        .filter(recipient -> recipient.role() != RecipientRole.BCC)
        .map(recipient -> recipient.address().spec())
        .collect(Collectors.joining("\n"));
  }
}
