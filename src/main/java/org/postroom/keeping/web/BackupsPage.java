package org.postroom.keeping.web;

import java.util.Locale;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.environment.Environment;
import org.postroom.environment.Standing;
import org.postroom.http.Problem;
import org.postroom.keeping.BackupSettings;
import org.postroom.keeping.Backups;
import org.postroom.keeping.EraseAgain;
import org.postroom.outbox.AfterRestore;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Backups for people, and what a restored copy waits for. */
@Controller
class BackupsPage {
  private static final String HERE = "redirect:/system/backups";
  private final Backups backups;
  private final AfterRestore afterRestore;
  private final Environment environment;
  private final EraseAgain eraseAgain;

  BackupsPage(
      Backups backups, AfterRestore afterRestore, Environment environment, EraseAgain eraseAgain) {
    this.eraseAgain = eraseAgain;
    this.backups = backups;
    this.environment = environment;
    this.afterRestore = afterRestore;
  }

  /** One file as it is shown. */
  record Line(String name, String size, java.time.Instant at) {}

  @GetMapping("/system/backups")
  String show(Caller caller, Model model) {
    model.addAttribute("mayMake", backups.allows(caller));
    model.addAttribute("restored", afterRestore.restored().orElse(null));
    model.addAttribute("waiting", afterRestore.waiting(caller.company()));
    if (caller.may(Right.MANAGE_PEOPLE))
      model.addAttribute("erasures", eraseAgain.standing(caller));
    if (!backups.allows(caller)) return "keeping/backups";
    var place = backups.place(caller);
    model.addAttribute("place", place);
    model.addAttribute("free", size(place.free()));
    model.addAttribute(
        "lines",
        backups.list(caller).stream()
            .map(each -> new Line(each.name(), size(each.bytes()), each.at()))
            .toList());
    return "keeping/backups";
  }

  @PostMapping("/system/backups")
  String make(Caller caller, RedirectAttributes next) {
    try {
      var made = backups.make(caller);
      next.addFlashAttribute(
          "said", "The backup " + made.name() + " is made: " + size(made.bytes()) + ".");
    } catch (Problem problem) {
      if (problem.status() != 409 && problem.status() != 507) throw problem;
      next.addFlashAttribute("refused", problem.detail());
    }
    return HERE;
  }

  @PostMapping("/system/backups/settings")
  String save(
      Caller caller,
      @RequestParam(defaultValue = "false") boolean nightly,
      @RequestParam(defaultValue = "0") String keep,
      RedirectAttributes next) {
    try {
      backups.save(caller, new BackupSettings(nightly, number(keep)));
      next.addFlashAttribute("said", "Saved.");
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      next.addFlashAttribute("refused", problem.detail());
    }
    return HERE;
  }

  @GetMapping("/system/backups/{name}")
  ResponseEntity<Resource> download(Caller caller, @PathVariable String name) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(new FileSystemResource(backups.file(caller, name)));
  }

  @PostMapping("/system/backups/restored")
  String decide(Caller caller, @RequestParam String decision, RedirectAttributes next) {
    switch (decision) {
      case "go_on" -> {
        environment.become(caller, Standing.ORIGINAL);
        next.addFlashAttribute("said", "Noted: this is the original now. What is held stays held.");
      }
      case "release" ->
          next.addFlashAttribute("said", afterRestore.releaseAll(caller) + " messages go out.");
      case "cancel" ->
          next.addFlashAttribute(
              "said", afterRestore.cancelAll(caller) + " messages are cancelled.");
      default -> throw Problem.notFound("The decision " + decision);
    }
    return HERE;
  }

  @PostMapping("/system/backups/erase-again")
  String eraseAgain(Caller caller, RedirectAttributes next) {
    try {
      var done = eraseAgain.run(caller);
      next.addFlashAttribute(
          "said",
          done.again().size() + " erased again, " + done.notFound() + " not found in this copy.");
    } catch (Problem busy) {
      if (busy.status() != 409) throw busy;
      next.addFlashAttribute("refused", busy.detail());
    }
    return HERE;
  }

  private static int number(String typed) {
    return typed.strip().matches("[0-9]{1,6}") ? Integer.parseInt(typed.strip()) : 0;
  }

  static String size(long bytes) {
    if (bytes < 1_000_000) return Math.max(1, bytes / 1000) + " KB";
    if (bytes < 10_000_000_000L) return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    return bytes / 1_000_000_000 + " GB";
  }
}
