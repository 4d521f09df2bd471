package org.postroom.transport.graph;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.graph.Letter.Piece;
import org.postroom.transport.rest.Meaning;
import org.postroom.transport.rest.Unanswered;

/**
 * A file in slices, in their order, to the address Graph gave. That address is the permission: the
 * token does not belong there, and the address is used as it is.
 */
record Upload(Desk desk, int slice) {

  void run(String address, Piece piece) throws Stopped {
    URI uri = checked(address);
    byte[] content = piece.content();
    for (int from = 0; from < content.length; from += slice) {
      int to = Math.min(content.length, from + slice);
      put(uri, Arrays.copyOfRange(content, from, to), from + "-" + (to - 1) + "/" + content.length);
    }
  }

  private void put(URI uri, byte[] part, String range) throws Stopped {
    Call call =
        new Call("PUT", uri, Map.of(), part, desk.mailbox().patience().with(part.length), 1 << 20)
            .header("Content-Type", "application/octet-stream")
            .header("Content-Range", "bytes " + range);
    switch (desk.talk().send(call)) {
      case Answer.Failed failed -> throw new Stopped(Unanswered.outcome(failed, false));
      case Answer.Given given -> {
        if (!given.ok()) throw new Stopped(desk.trouble().ofUploading(given));
      }
    }
  }

  /** A service reached in private must not make us send a file in the open. */
  private URI checked(String address) throws Stopped {
    String scheme = desk.mailbox().login().service().getScheme();
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null && String.valueOf(scheme).equalsIgnoreCase(uri.getScheme()))
        return uri;
    } catch (URISyntaxException noAddress) {
      // Said below.
    }
    throw new Stopped(
        new Meaning(
                FailureKind.PROTOCOL_BROKEN, Stage.CONTENT, Scope.MESSAGE, Meaning.Ending.PASSES)
            .outcome(Reply.none("Microsoft gave no usable address to upload a file to.")));
  }
}
