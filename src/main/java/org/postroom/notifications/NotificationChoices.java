package org.postroom.notifications;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.notifications.Notification.Kind;
import org.springframework.stereotype.Service;

/** Which kinds a company wants to be told; all of them until somebody says otherwise. */
@Service
public class NotificationChoices {
  private final Database database;
  private final Audit audit;

  public NotificationChoices(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** One kind, and whether it is told. */
  public record Choice(Kind kind, boolean told) {}

  /** The kinds there is a choice about, in their own order. */
  public static List<Kind> kinds() {
    return Arrays.stream(Kind.values()).filter(Kind::optional).toList();
  }

  public List<Choice> of(String company) {
    Map<String, Boolean> chosen = database.read(sql -> NotificationRows.choices(sql, company));
    return kinds().stream()
        .map(kind -> new Choice(kind, chosen.getOrDefault(kind.word(), true)))
        .toList();
  }

  /** Changes what is named, from now on; the rest stays, and so does what was told. */
  public List<Choice> save(Caller caller, Map<Kind, Boolean> wanted) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    database.run(sql -> {
      Map<Kind, Boolean> before =
          of(caller.company()).stream().collect(Collectors.toMap(Choice::kind, Choice::told));
      wanted.forEach((kind, told) -> {
        if (!kind.optional() || told.equals(before.get(kind))) return;
        NotificationRows.choose(sql, caller.company(), kind, told);
        audit.record(caller, "notification.chosen", kind.word(), words(!told), words(told));
      });
    });
    return of(caller.company());
  }

  private static String words(boolean told) {
    return told ? "told" : "not told";
  }
}
