package org.postroom.documents.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.ImportReport;
import org.postroom.documents.ImportReport.Line;
import org.postroom.documents.ImportReport.Result;
import org.postroom.documents.InvoiceImport;
import org.postroom.http.Problem;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Many open invoices in one file. */
@RestController
class ImportController {
  private final InvoiceImport invoices;

  ImportController(InvoiceImport invoices) {
    this.invoices = invoices;
  }

  @PostMapping("/api/v1/documents/import")
  ObjectNode read(Caller caller, @RequestParam String kind, HttpServletRequest request)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    if (!Body.type(request.getContentType()).equals("text/csv"))
      throw Problem.of(415, "unsupported_media_type", "The file comes as text/csv.");
    return json(invoices.read(caller, DocumentController.kind(kind), Body.of(request)));
  }

  private static ObjectNode json(ImportReport report) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    for (Result result : Result.values())
      out.put(result.name().toLowerCase(java.util.Locale.ROOT), report.count(result));
    ArrayNode lines = out.putArray("lines");
    report.lines().forEach(line -> lines.add(json(line)));
    return out;
  }

  private static ObjectNode json(Line line) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("line", line.line());
    out.put("number", line.number());
    out.put("result", line.result().name().toLowerCase(java.util.Locale.ROOT));
    ArrayNode errors = out.putArray("errors");
    line.errors().forEach(errors::add);
    return out;
  }
}
