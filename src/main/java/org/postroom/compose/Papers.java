package org.postroom.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Attachment;

/** What goes along, the layout of the document's PDF, and why that one. */
record Papers(List<Attachment> attachments, @Nullable String layout, String reason) {}
