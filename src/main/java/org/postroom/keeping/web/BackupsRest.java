package org.postroom.keeping.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Problem;
import org.postroom.keeping.BackupSettings;
import org.postroom.keeping.Backups;
import org.postroom.keeping.Backups.Kept;
import org.postroom.keeping.Backups.Place;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Backups of the whole installation. */
@RestController
@RequestMapping("/api/v1")
class BackupsRest {
  private final Backups backups;

  BackupsRest(Backups backups) {
    this.backups = backups;
  }

  /** What is left out stays as it is. */
  record Wish(@Nullable Boolean nightly, @Nullable Integer keep) {}

  @GetMapping("/backups")
  Map<String, @Nullable Object> list(Caller caller) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    List<Kept> all = backups.list(caller);
    json.put("data", all.stream().map(BackupsRest::write).toList());
    json.put("has_more", false);
    json.put("next_cursor", null);
    return json;
  }

  @PostMapping("/backups")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> make(Caller caller) {
    return write(backups.make(caller));
  }

  @GetMapping("/backups/{id}")
  ResponseEntity<Resource> download(Caller caller, @PathVariable String id) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(new FileSystemResource(backups.file(caller, id)));
  }

  @GetMapping("/backup_settings")
  Map<String, Object> settings(Caller caller) {
    return write(backups.place(caller));
  }

  @PutMapping("/backup_settings")
  Map<String, Object> save(Caller caller, @RequestBody @Nullable Wish wish) {
    if (wish == null) throw Problem.unreadable("A body is needed.", List.of());
    BackupSettings now = backups.place(caller).settings();
    backups.save(
        caller,
        new BackupSettings(
            wish.nightly() == null ? now.nightly() : wish.nightly(),
            wish.keep() == null ? now.keep() : wish.keep()));
    return write(backups.place(caller));
  }

  private static Map<String, Object> write(Place place) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("nightly", place.settings().nightly());
    json.put("keep", place.settings().keep());
    json.put("folder", place.folder().toString());
    json.put("free_bytes", place.free());
    json.put("with_key", place.withKey());
    return json;
  }

  private static Map<String, Object> write(Kept kept) {
    return Map.of("id", kept.name(), "bytes", kept.bytes(), "at", kept.at());
  }
}
