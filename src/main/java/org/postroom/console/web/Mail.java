package org.postroom.console.web;

import org.postroom.http.Chip;
import org.postroom.outbox.Message;

/** A message on a page about something else. */
record Mail(Message message, Chip status) {}
