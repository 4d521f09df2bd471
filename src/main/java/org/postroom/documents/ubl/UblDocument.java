package org.postroom.documents.ubl;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.partners.Partner;

/**
 * What UBL said.
 *
 * @param newcomer the party it goes to, null where nobody is named
 * @param places from {@code /totals/gross} and the like to where that stands in the XML
 */
public record UblDocument(
    Document document, @Nullable Partner newcomer, Map<String, String> places) {}
