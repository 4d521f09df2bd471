package org.postroom.bounces;

import org.postroom.transport.Login;

/** A mailbox to read and how to get in. Holds secrets: {@code toString} masks. */
sealed interface Where {

  /**
   * @param secret password, or access token
   * @param token whether the secret is a token (XOAUTH2)
   */
  record Imap(
      String host,
      int port,
      Login.Security security,
      String user,
      String secret,
      boolean token,
      Folders folders)
      implements Where {
    @Override
    public String toString() {
      return "Imap[" + host + ":" + port + ", user=" + user + "]";
    }
  }

  record Graph(Login.Graph login, Folders folders) implements Where {}

  /** A server of the company's own, by the way it sends. */
  record Exchange(Login.Ews login, Folders folders) implements Where {}

  record Gmail(Login.Gmail login, Folders folders) implements Where {}

  /** Which folders, and what happens to reports in them. */
  record Folders(String name, boolean junk, boolean markRead) {}
}
