package org.postroom.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * An independent validator of e-invoices (Mustang: the schematron of EN 16931 and Factur-X, and
 * veraPDF) in a JVM of its own. One serves many files: its first takes seconds, the others less.
 */
public final class EinvoiceJudge implements AutoCloseable {
  private static final Path CLASSPATH = Path.of("target/validator.classpath");
  private static final Path PROGRAM = Path.of("src/testkit/validator/Judge.java");
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  /** What it found: the report is its own XML. */
  public record Verdict(boolean valid, String report) {}

  private EinvoiceJudge(Process process) {
    this.process = process;
    this.questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Skips the test where the validator is not on this machine. */
  public static EinvoiceJudge start() {
    Assumptions.assumeTrue(
        Files.isRegularFile(CLASSPATH),
        "The validator of e-invoices is not here; bin/test fetches it from Maven Central.");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try {
      List<String> command =
          List.of(
              java,
              "-Xmx512m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Djava.awt.headless=true",
              "-cp",
              Files.readString(CLASSPATH).strip(),
              PROGRAM.toString());
      return new EinvoiceJudge(
          new ProcessBuilder(command).redirectError(new File("target/validator.log")).start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public Verdict judge(Path file) {
    try {
      questions.write(file.toAbsolutePath() + "\n");
      questions.flush();
      boolean valid = "VALID".equals(answers.readLine());
      List<String> report = new ArrayList<>();
      for (String line = answers.readLine(); line != null && !line.equals("."); ) {
        report.add(line);
        line = answers.readLine();
      }
      return new Verdict(valid, String.join("\n", report));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
