package org.postroom.access.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.http.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/audit}: who changed what. */
@RestController
class AuditEndpoint {
  private final Audit audit;

  AuditEndpoint(Audit audit) {
    this.audit = audit;
  }

  @GetMapping("/api/v1/audit")
  Slice<Audit.Entry> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return audit.list(caller, Slice.limit(limit), cursor);
  }
}
