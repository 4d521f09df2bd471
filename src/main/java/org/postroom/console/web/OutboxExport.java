package org.postroom.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Slice;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the outbox shows, as a table for other programs (RFC 4180). */
@Controller
class OutboxExport {
  private static final int AT_ONCE = 200;
  private static final int MOST = 100_000;
  private static final String HEAD =
      "id,state,document_kind,document_number,subject,partner,recipients,account,created_at,settled_at,note\r\n";

  private final Outbox outbox;
  private final Names names;

  OutboxExport(Outbox outbox, Names names) {
    this.outbox = outbox;
    this.names = names;
  }

  @GetMapping("/outbox.csv")
  void csv(Caller caller, @ModelAttribute OutboxQuery query, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/csv; charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"outbox.csv\"");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    MessageFilter filter = query.filter(names.zone(caller.company()));
    Map<String, String> accounts = names.accounts(caller.company());
    Writer out = response.getWriter();
    out.write(HEAD);
    String cursor = null;
    for (int written = 0; written < MOST; written += AT_ONCE) {
      Slice<Message> slice = outbox.list(caller, filter, AT_ONCE, cursor);
      for (Message message : slice.data()) out.write(line(message, accounts));
      cursor = slice.nextCursor();
      if (cursor == null) return;
    }
  }

  private static String line(Message message, Map<String, String> accounts) {
    Message.DocumentRef document = message.document();
    List<@Nullable String> cells =
        java.util.Arrays.asList(
            message.id(),
            message.state().word(),
            document == null ? null : document.kind(),
            document == null ? null : document.number(),
            message.subject(),
            message.partner(),
            message.recipients().stream()
                .map(recipient -> recipient.address().spec())
                .collect(Collectors.joining(" ")),
            accounts.getOrDefault(message.account(), message.account()),
            message.createdAt().toString(),
            message.settledAt() == null ? null : message.settledAt().toString(),
            message.note());
    return cells.stream().map(OutboxExport::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  /**
   * What a spreadsheet would take for a formula gets a quote in front: customers choose this text.
   */
  static String cell(@Nullable String text) {
    if (text == null) return "";
    boolean formula = !text.isEmpty() && "=+-@\t\r\n|＝＋－＠".indexOf(text.charAt(0)) >= 0;
    String harmless = formula ? "'" + text : text;
    return "\"" + harmless.replace("\"", "\"\"") + "\"";
  }
}
