package org.postroom.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.documents.own.Design;
import org.postroom.documents.own.Image;
import org.postroom.testkit.TestDatabase;

/** Layouts' rows, on both databases. */
@ParameterizedClass
@EnumSource
class OwnLayoutsTests {
  private static final Caller ADMIN = Samples.caller("co_1", Set.of(Right.MANAGE_TEMPLATES));
  private static final byte[] DOT =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  @Parameter TestDatabase kind;
  private Database database;

  @BeforeEach
  void open() {
    database = kind.open(InstantSource.system());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsEveryVersionWithItsImagesAndForgetsThemWithTheLayout() {
    OwnLayout first =
        layout("lay_00000000000000000000000001", 1, "<p>1</p>", List.of(Image.of("dot", DOT)));
    database.run(sql -> OwnLayoutRows.insert(sql, first, ADMIN));
    OwnLayout second = layout(first.id(), 2, "<p>2</p>", List.of());
    database.run(sql -> OwnLayoutRows.update(sql, second, ADMIN));
    assertThat(find(first.id()).html()).isEqualTo("<p>2</p>");
    OwnLayout old =
        database.read(sql -> OwnLayoutRows.version(sql, "co_1", first.id(), 1)).orElseThrow();
    assertThat(old.design().images().getFirst().bytes()).isEqualTo(DOT);
    assertThat(old.kinds()).containsExactly(DocumentKind.INVOICE, DocumentKind.CREDIT_MEMO);
    List<OwnLayout> versions =
        database.read(sql -> OwnLayoutRows.versions(sql, "co_1", first.id()));
    assertThat(versions).extracting(OwnLayout::version).containsExactly(2L, 1L);
    List<OwnLayout> others = database.read(sql -> OwnLayoutRows.list(sql, "co_2"));
    assertThat(others).isEmpty();
    database.run(sql -> OwnLayoutRows.forget(sql, "co_1", first.id(), 2));
    assertThat(count("layout_images")).isZero();
    database.run(sql -> OwnLayoutRows.delete(sql, "co_1", first.id()));
    assertThat(count("layouts") + count("layout_versions")).isZero();
  }

  @Test
  void anImageStaysWhileAVersionShowsIt() {
    String id = "lay_00000000000000000000000002";
    OwnLayout first = layout(id, 1, "<p>1</p>", List.of(Image.of("dot", DOT)));
    database.run(sql -> OwnLayoutRows.insert(sql, first, ADMIN));
    OwnLayout second = layout(id, 2, "<p>2</p>", List.of(Image.of("other", DOT)));
    database.run(sql -> OwnLayoutRows.update(sql, second, ADMIN));
    database.run(sql -> OwnLayoutRows.forget(sql, "co_1", id, 2));
    assertThat(find(id).design().images()).extracting(Image::name).containsExactly("other");
    assertThat(count("layout_images")).isEqualTo(1);
  }

  private OwnLayout find(String id) {
    return database.read(sql -> OwnLayoutRows.find(sql, "co_1", id)).orElseThrow();
  }

  private long count(String table) {
    return database.read(
        sql -> sql.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single());
  }

  private OwnLayout layout(String id, long version, String html, List<Image> images) {
    return new OwnLayout(
        "co_1",
        id,
        "Ours",
        List.of(DocumentKind.INVOICE, DocumentKind.CREDIT_MEMO),
        true,
        new Design(html, "p { color: red }", null, images),
        version,
        database.now(),
        database.now(),
        "ERP");
  }
}
