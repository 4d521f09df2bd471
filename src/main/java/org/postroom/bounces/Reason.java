package org.postroom.bounces;

/**
 * Why a message came back: the closed list. Whether an address is at fault, and for good, is
 * decided here and nowhere else: what we did wrong ourselves never counts against an address.
 */
public enum Reason {
  USER_UNKNOWN(Fault.ADDRESS, true, "There is no such mailbox."),
  HAS_MOVED(Fault.ADDRESS, true, "The mailbox has moved to another address."),
  HOST_UNKNOWN(Fault.ADDRESS, true, "The address's domain does not exist or has no mail server."),
  NOT_ACCEPTING(Fault.ADDRESS, true, "The address's domain does not take mail at all."),
  MAILBOX_FULL(Fault.ADDRESS, false, "The mailbox is full."),
  SUSPENDED(Fault.ADDRESS, false, "The mailbox is switched off."),
  FILTERED(Fault.ADDRESS, false, "The recipient does not want this mail."),
  ON_HOLD(Fault.SERVER, false, "The recipient's server did not say clearly why."),
  EXPIRED(Fault.SERVER, false, "The recipient's server could not be reached for days."),
  NETWORK_ERROR(Fault.SERVER, false, "There is no working way to the recipient's server."),
  MAIL_SERVER_ERROR(Fault.SERVER, false, "A program of the recipient's server failed."),
  SYSTEM_ERROR(Fault.SERVER, false, "The recipient's server has a fault."),
  SYSTEM_FULL(Fault.SERVER, false, "The recipient's server has no room left."),
  ENCRYPTION_FAILED(Fault.SERVER, false, "No private connection to the recipient's server."),
  TOO_LARGE(Fault.OURS, false, "The message is too large for the recipient's server."),
  OVER_LIMIT(Fault.OURS, false, "The message is larger than this recipient may get."),
  CONTENT_ERROR(Fault.OURS, false, "The recipient's server did not like the message's build."),
  NOT_COMPLIANT(Fault.OURS, false, "The message breaks a standard."),
  VIRUS(Fault.OURS, false, "The recipient's server found something dangerous in the message."),
  SPAM(Fault.OURS, false, "The recipient's server took the message for spam."),
  POLICY(Fault.OURS, false, "A rule of the recipient's server forbids the message."),
  AUTHENTICATION_FAILURE(
      Fault.OURS,
      false,
      "Our domain's SPF, DKIM or DMARC did not convince the recipient's server."),
  NO_REVERSE_NAME(Fault.OURS, false, "The sending server's network address has no proper name."),
  BLOCKED(Fault.OURS, false, "The sending server is on a block list."),
  BAD_REPUTATION(Fault.OURS, false, "The sending server has a bad reputation."),
  SENDER_REJECTED(Fault.OURS, false, "The recipient's server does not take our sender address."),
  NO_RELAYING(Fault.OURS, false, "The server does not pass on mail for us."),
  SECURITY_ERROR(Fault.OURS, false, "The server refused for reasons of security."),
  RATE_LIMITED(Fault.OURS, false, "The recipient's server wants us to send more slowly."),
  TOO_MANY_CONNECTIONS(Fault.OURS, false, "There were too many connections at once."),
  SYNTAX_ERROR(Fault.OURS, false, "The servers did not understand each other."),
  COMPLAINT(Fault.ADDRESS, false, "The recipient reported the message as spam."),
  DELIVERED(Fault.NOBODYS, false, "The message arrived."),
  UNDEFINED(Fault.SERVER, false, "The message came back, and the report does not say why.");

  /** Whose matter it is to change something. */
  public enum Fault {
    /** The address is wrong or its owner does not want mail. */
    ADDRESS,
    /** The recipient's server or the way to it; may be well tomorrow. */
    SERVER,
    /** What we sent or how: never held against the address. */
    OURS,
    NOBODYS
  }

  private final Fault fault;
  private final boolean hard;
  private final String sentence;

  Reason(Fault fault, boolean hard, String sentence) {
    this.fault = fault;
    this.hard = hard;
    this.sentence = sentence;
  }

  public Fault fault() {
    return fault;
  }

  /** Whether the address will never work: sending again is useless and harms our name. */
  public boolean hard() {
    return hard;
  }

  /** What happened, in plain English for people. */
  public String sentence() {
    return sentence;
  }
}
