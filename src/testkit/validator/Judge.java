import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.mustangproject.validator.ZUGFeRDValidator;

/** Judges each file named on a line of its input: VALID or INVALID, the report, a line with a dot. */
class Judge {
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String file = files.readLine(); file != null; file = files.readLine()) {
      var validator = new ZUGFeRDValidator();
      String report = validator.validate(file);
      answers.println(validator.wasCompletelyValid() ? "VALID" : "INVALID");
      answers.println(report);
      answers.println(".");
    }
  }
}
