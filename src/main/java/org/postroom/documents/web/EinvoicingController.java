package org.postroom.documents.web;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentSettings;
import org.postroom.documents.Einvoicing;
import org.postroom.documents.Finishing;
import org.postroom.documents.Pdfs;
import org.postroom.documents.Printing;
import org.postroom.http.JsonFields;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Whether invoices carry their figures as XML, what one would lack, and what PDFs are called. */
@RestController
@RequestMapping("/api/v1")
class EinvoicingController {
  private final Finishing finishing;
  private final Pdfs pdfs;

  EinvoicingController(Finishing finishing, Pdfs pdfs) {
    this.finishing = finishing;
    this.pdfs = pdfs;
  }

  /** {@code {"mode": "on"}}. */
  record Mode(String mode) {}

  /** {@code {"pattern": "…"}}. */
  record Pattern(String pattern) {}

  /**
   * @param wanted what counts for this document
   * @param possible whether it says all that an e-invoice needs
   * @param gaps what is missing or contradicts itself, in plain sentences
   */
  record Check(String wanted, boolean possible, List<String> gaps) {}

  @GetMapping("/einvoicing")
  Mode mode(Caller caller) {
    return new Mode(finishing.settings(caller.company()).einvoicing().word());
  }

  @PutMapping("/einvoicing")
  Mode mode(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_TEMPLATES);
    JsonFields in = JsonFields.of(body);
    Map<String, Einvoicing> modes = new TreeMap<>();
    for (Einvoicing mode : Einvoicing.values()) modes.put(mode.word(), mode);
    if (!in.has("mode")) in.error("/mode", "required", "“mode” is required: off, on or required.");
    Einvoicing mode = in.choice("mode", modes);
    in.check();
    return new Mode(
        finishing.einvoicing(caller, mode == null ? Einvoicing.OFF : mode).einvoicing().word());
  }

  @GetMapping("/file_names")
  Pattern pattern(Caller caller) {
    return new Pattern(finishing.settings(caller.company()).filename());
  }

  /** Empty or null: the built-in pattern again. */
  @PutMapping("/file_names")
  Pattern pattern(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_TEMPLATES);
    JsonFields in = JsonFields.of(body);
    String pattern = in.text("pattern", 300);
    in.check();
    DocumentSettings settings = finishing.filename(caller, pattern == null ? "" : pattern);
    return new Pattern(settings.filename());
  }

  /** Of an invoice or credit memo. */
  @GetMapping("/documents/{kind}/{number}/einvoice")
  Check check(Caller caller, @PathVariable String kind, @PathVariable String number) {
    Printing printing = pdfs.printing(caller.company(), DocumentController.kind(kind), number);
    List<String> gaps = finishing.gaps(printing);
    return new Check(finishing.wanted(printing).word(), gaps.isEmpty(), gaps);
  }
}
