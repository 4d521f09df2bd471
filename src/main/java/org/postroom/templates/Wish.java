package org.postroom.templates;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which text is wanted, and what it may speak of.
 *
 * @param company id of the company whose own texts count
 * @param purpose word of a purpose, such as {@code invoice}
 * @param template id of a certain template, null: the fitting one
 * @param reader id of the person whose personal templates count beside the company's; null: nobody
 * @param language the recipient's; English where there are no words in it
 * @param model {@code document}, {@code partner}, {@code contact}, {@code company}, {@code sender},
 *     {@code links}; any part may be missing
 */
public record Wish(
    String company,
    String purpose,
    @Nullable String template,
    @Nullable String reader,
    Locale language,
    Map<String, Object> model) {}
