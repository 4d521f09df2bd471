package org.postroom.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Programs of others that verify signatures (DKIM). Keys are handed in, nobody asks the DNS. A test
 * is skipped, and says so, where the program is not installed.
 */
public enum DkimJudge {
  /** Debian's python3-dkim with python3-nacl: RSA and Ed25519. */
  DKIMPY(
      "python3-dkim and python3-nacl are",
      "/usr/bin/python3",
      "import dkim, nacl",
      """
      import base64, dkim, json, sys
      given = json.load(sys.stdin)
      def txt(name, timeout=5):
          found = given['records'].get(name.decode().rstrip('.'))
          return found.encode() if found else None
      told = []
      for mail in given['mails']:
          message = base64.b64decode(mail)
          count = sum(1 for n, v in dkim.rfc822_parse(message)[0] if n.lower() == b'dkim-signature')
          passed = []
          for i in range(count):
              one = dkim.DKIM(message)
              try:
                  if one.verify(i, txt): passed.append(one.signature_fields[b's'].decode())
              except dkim.DKIMException: pass
          told.append(passed)
      print(json.dumps(told))
      """),

  /** Debian's libmail-dkim-perl: RSA; newer ones Ed25519 too. */
  MAIL_DKIM(
      "libmail-dkim-perl is",
      "/usr/bin/perl",
      "use Mail::DKIM::Verifier; use JSON::PP;",
      """
      use strict; use Mail::DKIM::Verifier; use Mail::DKIM::DNS; use JSON::PP; use MIME::Base64;
      local $/; my $given = decode_json(<STDIN>);
      package Txt { sub type { 'TXT' } sub txtdata { $_[0]{t} } sub char_str_list { ($_[0]{t}) } }
      package main;
      no warnings 'redefine';
      *Mail::DKIM::DNS::query = sub {
        my $found = $given->{records}{$_[0]};
        return defined $found ? bless({t => $found}, 'Txt') : ();
      };
      my @told;
      for my $mail (@{$given->{mails}}) {
        my $one = Mail::DKIM::Verifier->new;
        $one->PRINT(decode_base64($mail)); $one->CLOSE;
        push @told, [map { $_->selector } grep { $_->result eq 'pass' } $one->signatures];
      }
      print encode_json(\\@told);
      """);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final String missing;
  private final String program;
  private final String trial;
  private final String script;

  DkimJudge(String missing, String program, String trial, String script) {
    this.missing = missing;
    this.program = program;
    this.trial = trial;
    this.script = script;
  }

  /**
   * The selectors of the signatures that hold, for each mail.
   *
   * @param records full name to value of the DNS records
   */
  public List<Set<String>> holding(List<byte[]> mails, Map<String, String> records) {
    Assumptions.assumeTrue(isThere(), () -> "Skipped: " + missing + " not installed.");
    List<String> encoded = mails.stream().map(Base64.getEncoder()::encodeToString).toList();
    String told =
        run(script, JSON.writeValueAsString(Map.of("records", records, "mails", encoded)));
    List<Set<String>> holding = new ArrayList<>();
    for (JsonNode mail : JSON.readTree(told)) {
      Set<String> selectors = new TreeSet<>();
      mail.forEach(selector -> selectors.add(selector.asString()));
      holding.add(selectors);
    }
    return holding;
  }

  private boolean isThere() {
    if (!Files.isExecutable(Path.of(program))) return false;
    try {
      run(trial, "");
      return true;
    } catch (IllegalStateException withoutLibrary) {
      return false;
    }
  }

  private String run(String code, String input) {
    try {
      Path given = Files.createTempFile("postroom-dkim", ".json");
      Files.writeString(given, input);
      Process process =
          new ProcessBuilder(program, this == DKIMPY ? "-c" : "-e", code)
              .redirectInput(given.toFile())
              .redirectErrorStream(true)
              .start();
      try (InputStream out = process.getInputStream()) {
        String told = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException(told);
        return told;
      } finally {
        Files.delete(given);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
