package org.postroom.partners.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.partners.PartnerFilter;
import org.postroom.partners.PartnerImport;
import org.postroom.partners.PartnerImport.Outcome;
import org.postroom.partners.PartnerImports;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Partners as tables (CSV), over the API and for download. */
@RestController
class PartnerTables {
  private static final int MOST_TOLD = 1000;
  private final PartnerImports imports;

  PartnerTables(PartnerImports imports) {
    this.imports = imports;
  }

  @PostMapping(path = "/api/v1/partners/import", consumes = "text/csv")
  Map<String, Object> body(
      Caller caller,
      @RequestBody byte[] file,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestParam(name = "skip_refused", defaultValue = "false") boolean skipRefused) {
    return store(caller, file, dryRun, skipRefused);
  }

  @PostMapping(path = "/api/v1/partners/import", consumes = "multipart/form-data")
  Map<String, Object> upload(
      Caller caller,
      @RequestParam @Nullable MultipartFile file,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestParam(name = "skip_refused", defaultValue = "false") boolean skipRefused)
      throws IOException {
    if (file == null) throw Problem.invalid("/file", "required", "The part “file” is required.");
    return store(caller, file.getBytes(), dryRun, skipRefused);
  }

  /** The same columns as an import takes. */
  @GetMapping({"/api/v1/partners.csv", "/partners.csv"})
  void export(
      Caller caller,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String type,
      HttpServletResponse response)
      throws IOException {
    var filter = new PartnerFilter(q, PartnerController.type(type));
    download(response, "partners.csv");
    imports.export(caller.company(), filter, response.getWriter());
  }

  @GetMapping("/imports/partners.csv")
  void template(Caller caller, HttpServletResponse response) throws IOException {
    download(response, "partners-to-import.csv");
    response.getWriter().write(PartnerImports.template());
  }

  private static void download(HttpServletResponse response, String name) {
    response.setContentType("text/csv; charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private Map<String, Object> store(
      Caller caller, byte[] file, boolean dryRun, boolean skipRefused) {
    caller.require(Right.WRITE_DOCUMENTS);
    PartnerImport checked = imports.check(caller, file);
    boolean stops = !checked.fileTroubles().isEmpty();
    boolean refuses = stops || (!skipRefused && checked.count(Outcome.REFUSED) > 0);
    if (!dryRun && refuses) throw Problem.invalid(errors(checked));
    if (!dryRun) imports.store(caller, checked);
    return json(checked, !dryRun);
  }

  private static List<FieldError> errors(PartnerImport checked) {
    List<FieldError> errors = new ArrayList<>();
    checked.fileTroubles().forEach(trouble -> errors.add(error("/lines/1", trouble)));
    for (PartnerImport.Line line : checked.of(Outcome.REFUSED, MOST_TOLD))
      line.troubles().forEach(trouble -> errors.add(error("/lines/" + line.line(), trouble)));
    return errors;
  }

  private static FieldError error(String line, PartnerImport.Trouble trouble) {
    String field = trouble.field().replace("~", "~0").replace("/", "~1");
    return new FieldError(line + "/" + field, "refused", trouble.message());
  }

  private static Map<String, Object> json(PartnerImport checked, boolean stored) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stored", stored);
    for (Outcome outcome : Outcome.values()) json.put(outcome.word(), checked.count(outcome));
    json.put("header", checked.fileTroubles().stream().map(PartnerTables::json).toList());
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Outcome outcome : List.of(Outcome.REFUSED, Outcome.CREATED, Outcome.CHANGED))
      for (PartnerImport.Line line : checked.of(outcome, MOST_TOLD)) lines.add(json(line));
    json.put("lines", lines);
    return json;
  }

  private static Map<String, Object> json(PartnerImport.Line line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", line.line());
    json.put("ref", line.ref());
    json.put("outcome", line.outcome().word());
    json.put("changed", line.changed());
    json.put("errors", line.troubles().stream().map(PartnerTables::json).toList());
    return json;
  }

  private static Map<String, Object> json(PartnerImport.Trouble trouble) {
    return Map.of("field", trouble.field(), "message", trouble.message());
  }
}
