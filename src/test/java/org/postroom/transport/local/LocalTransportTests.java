package org.postroom.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.http.Slice;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.TestDatabase;
import org.postroom.testkit.TransportContract;
import org.postroom.transport.LocalMail;
import org.postroom.transport.LocalMailbox;
import org.postroom.transport.Login;
import org.postroom.transport.Transport;

@ParameterizedClass
@EnumSource
class LocalTransportTests extends TransportContract {
  private static final String COMPANY = "com_1";
  @Parameter TestDatabase kind;
  private Database database;
  private LocalMailbox mailbox;

  @BeforeEach
  void open() {
    database = kind.open(null);
    mailbox = new LocalMailbox(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected Transport transport() {
    return new LocalTransport(mailbox);
  }

  @Override
  protected Login login() {
    return new Login.Local(COMPANY, "acc_1");
  }

  @Override
  protected List<Arrived> arrived() {
    List<Arrived> all = new ArrayList<>();
    for (LocalMail mail : everything(COMPANY).reversed())
      all.add(
          new Arrived(
              mail.sender(), mail.recipients(), mailbox.content(COMPANY, mail.id()).orElseThrow()));
    return all;
  }

  @Test
  void showsWhatTheHeadersSay() {
    submit(mail("Jörg", "x\r\n"));
    LocalMail mail = everything(COMPANY).getFirst();
    assertThat(mail.subject()).isEqualTo("Jörg");
    assertThat(mail.messageId()).isEqualTo("<1@acme.example>");
    assertThat(mail.account()).isEqualTo("acc_1");
    assertThat(mailbox.find(COMPANY, mail.id())).contains(mail);
  }

  @Test
  void listsNewestFirstSliceBySlice() {
    for (int i = 0; i < 5; i++) submit(mail("Number " + i, "x\r\n"));
    Slice<LocalMail> first = mailbox.list(COMPANY, 2, null);
    assertThat(first.data()).extracting(LocalMail::subject).containsExactly("Number 4", "Number 3");
    Slice<LocalMail> second = mailbox.list(COMPANY, 3, first.nextCursor());
    assertThat(second.data())
        .extracting(LocalMail::subject)
        .containsExactly("Number 2", "Number 1", "Number 0");
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void keepsCompaniesApart() {
    submit(mail("Ours", "x\r\n"));
    String id = everything(COMPANY).getFirst().id();
    assertThat(everything("com_2")).isEmpty();
    assertThat(mailbox.find("com_2", id)).isEmpty();
    assertThat(mailbox.content("com_2", id)).isEmpty();
    assertThat(mailbox.deleteAll("com_2")).isZero();
    assertThat(mailbox.deleteAll(COMPANY)).isEqualTo(1);
    assertThat(everything(COMPANY)).isEmpty();
    assertThat(mailbox.content(COMPANY, id)).isEmpty();
  }

  @Test
  void takesMailWithoutAHeader() {
    byte[] odd = "\r\nno header at all\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    transport().submit(submission(odd), login(), new Overheard());
    LocalMail mail = everything(COMPANY).getFirst();
    assertThat(mail.subject()).isNull();
    assertThat(mail.messageId()).isNull();
  }

  private List<LocalMail> everything(String company) {
    return mailbox.list(company, 1000, null).data();
  }
}
