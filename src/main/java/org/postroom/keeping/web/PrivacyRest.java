package org.postroom.keeping.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.keeping.Erasure;
import org.postroom.keeping.Erasure.Certificate;
import org.postroom.keeping.Erasure.Plan;
import org.postroom.keeping.Erasure.Subject;
import org.postroom.keeping.Exports;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is kept about a person: shown, given out, erased. */
@RestController
@RequestMapping("/api/v1")
class PrivacyRest {
  private final Erasure erasure;
  private final Exports exports;

  PrivacyRest(Erasure erasure, Exports exports) {
    this.erasure = erasure;
    this.exports = exports;
  }

  /**
   * @param kind address or partner; for an export also company
   * @param value the address, or the partner's ref
   */
  record About(@Nullable String kind, @Nullable String value, @Nullable Boolean cancelWaiting) {
    Subject subject() {
      return Erasure.subject(kind == null ? "" : kind, value == null ? "" : value);
    }
  }

  @PostMapping("/erasures/preview")
  Map<String, @Nullable Object> preview(Caller caller, @RequestBody About about) {
    caller.require(Right.MANAGE_PEOPLE);
    return write(erasure.plan(caller, about.subject()));
  }

  @PostMapping("/erasures")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, @Nullable Object> erase(Caller caller, @RequestBody About about) {
    caller.require(Right.MANAGE_PEOPLE);
    return write(
        erasure.erase(caller, about.subject(), Boolean.TRUE.equals(about.cancelWaiting())));
  }

  @GetMapping("/erasures")
  Map<String, @Nullable Object> list(Caller caller) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("data", erasure.certificates(caller).stream().map(PrivacyRest::write).toList());
    json.put("has_more", false);
    json.put("next_cursor", null);
    return json;
  }

  @GetMapping("/erasures/{id}")
  Map<String, @Nullable Object> get(Caller caller, @PathVariable String id) {
    return write(erasure.certificate(caller, id));
  }

  @PostMapping("/exports")
  void export(Caller caller, @RequestBody About about, HttpServletResponse answer)
      throws IOException {
    caller.require(Right.MANAGE_PEOPLE);
    Zip.write(caller, exports, "company".equals(about.kind()) ? null : about.subject(), answer);
  }

  /** Written while it is read: a company's mail does not fit into memory. */
  static final class Zip {
    private Zip() {}

    static void write(
        Caller caller, Exports exports, @Nullable Subject subject, HttpServletResponse answer)
        throws IOException {
      exports.begin(caller, subject);
      String name = "postroom-" + (subject == null ? "company" : "person") + ".zip";
      answer.setContentType("application/zip");
      answer.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
      answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      if (subject == null) exports.company(caller, answer.getOutputStream());
      else exports.about(caller, subject, answer.getOutputStream());
    }
  }

  private static Map<String, @Nullable Object> write(Plan plan) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", plan.kind());
    json.put("addresses", plan.addresses());
    json.put("messages", plan.messages());
    json.put("waiting", plan.waiting());
    json.put("caught_mails", plan.caught());
    json.put("drafts", plan.drafts());
    json.put("partners", plan.partners());
    json.put("rows_elsewhere", plan.elsewhere());
    json.put("rows_kept", plan.kept());
    return json;
  }

  private static Map<String, @Nullable Object> write(Certificate certificate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", certificate.id());
    json.put("at", certificate.at());
    json.put("by", certificate.by());
    json.put("kind", certificate.kind());
    json.put("lines", List.copyOf(certificate.lines()));
    return json;
  }
}
