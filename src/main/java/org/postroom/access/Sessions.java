package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;

/** Signs a person in who has just proved in another way who they are, such as by setting up. */
@Service
public class Sessions {
  private final Database database;
  private final Access access;
  private final KeptSessions kept;

  Sessions(Database database, Access access, KeptSessions kept) {
    this.database = database;
    this.access = access;
    this.kept = kept;
  }

  public void signIn(String email, HttpServletRequest request, HttpServletResponse response) {
    String account = email.strip().toLowerCase(Locale.ROOT);
    Caller caller =
        database
            .read(sql -> PersonRows.password(sql, account))
            .flatMap(known -> access.caller(known.person(), null))
            .orElseThrow(() -> Problem.notFound("This person"));
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            new SignedIn(caller.id(), caller.company()), null, List.of()));
    SecurityContextHolder.setContext(context);
    kept.saveContext(context, request, response);
  }
}
