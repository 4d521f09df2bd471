package org.postroom.keeping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.keeping.Erasure.Certificate;
import org.postroom.keeping.Erasure.Subject;
import org.postroom.partners.PartnerPrivacy;
import org.springframework.stereotype.Service;

/**
 * After a restore: whom the list of erasures names and this database does not know to be erased is
 * looked for in every row of the company, and erased as they were then.
 */
@Service
public class EraseAgain {
  private static final int LONGEST_LIST = 20_000_000;
  private final Database database;
  private final ErasureList list;
  private final Erasure erasure;
  private final PartnerPrivacy partners;
  private final ReentrantLock one = new ReentrantLock();

  EraseAgain(Database database, ErasureList list, Erasure erasure, PartnerPrivacy partners) {
    this.database = database;
    this.list = list;
    this.erasure = erasure;
    this.partners = partners;
  }

  /**
   * How things stand for the caller's company on this node.
   *
   * @param file the list
   * @param listed erasures on it
   * @param open those among them that this database does not know
   * @param withoutKey further ones: nobody can tell whom they are about without these keys
   * @param unreadable damaged lines
   */
  public record Standing(
      String file,
      int listed,
      int open,
      int withoutKey,
      List<String> missingKeys,
      int unreadable) {}

  /**
   * What was done.
   *
   * @param again certificates of erasures that found somebody
   * @param notFound erasures whose person is nowhere in this database
   */
  public record Done(List<Certificate> again, int notFound, Standing standing) {}

  /** Lines that somebody brought: new ones, known ones, and others' or damaged ones. */
  public record Brought(int added, int known, int refused, Standing standing) {}

  public Standing standing(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    return standing(state(caller));
  }

  /** The company's lines, to be kept elsewhere; nobody's name stands in them. */
  public String text(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    try {
      return list.text(caller.company());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Adds lines that were kept elsewhere. What this installation did not write is refused. */
  public Brought bring(Caller caller, String text) {
    caller.require(Right.MANAGE_PEOPLE);
    if (text.length() > LONGEST_LIST)
      throw Problem.of(413, "too_large", "A list of erasures has at most 20 MB.");
    try {
      ErasureList.Taken taken = list.take(caller.company(), text);
      return new Brought(taken.added(), taken.known(), taken.refused(), standing(state(caller)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Erases again; 409 while it is being done. Done twice, there is nothing left to do. */
  public Done run(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    if (!one.tryLock())
      throw Problem.conflict("busy", "This is being done right now. Wait for it to end.");
    try {
      ErasureList.State state = state(caller);
      Map<String, Set<Subject>> found = find(caller.company(), state.open());
      List<Certificate> again = new ArrayList<>();
      state
          .open()
          .forEach((id, lines) -> {
            Set<Subject> whom = found.getOrDefault(id, Set.of());
            Certificate certificate = erasure.again(caller, lines, List.copyOf(whom));
            if (!whom.isEmpty()) again.add(certificate);
          });
      return new Done(again, state.open().size() - again.size(), standing(state(caller)));
    } finally {
      one.unlock();
    }
  }

  private ErasureList.State state(Caller caller) {
    try {
      return list.state(caller.company());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Standing standing(ErasureList.State state) {
    return new Standing(
        list.path().toString(),
        state.listed(),
        state.open().size(),
        state.withoutKey(),
        List.copyOf(state.missingKeys()),
        state.unreadable());
  }

  /** By the certificate's id: partners first, because their addresses go with them. */
  private Map<String, Set<Subject>> find(String company, Map<String, List<ListedErasure>> open) {
    if (open.isEmpty()) return Map.of();
    var search = new Recognition(company, open.values(), list::prints);
    for (String ref : partners.refs(company)) search.partner(ref);
    try {
      Traces.texts(database, company, search::text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return search.found();
  }
}
