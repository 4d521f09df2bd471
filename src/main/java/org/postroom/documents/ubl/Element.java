package org.postroom.documents.ubl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One XML element, found by local names: prefixes are the sender's business. */
final class Element {
  /** Namespaces of UBL start with this; elements of other ones are not seen by {@link #all}. */
  static final String UBL = "urn:oasis:names:specification:ubl:schema:xsd:";

  private final String name;
  private final String namespace;
  private final @Nullable Element parent;
  private final int line;
  private final Map<String, String> attributes;
  private List<Element> children = List.of();
  private String text = "";

  Element(
      String name,
      String namespace,
      @Nullable Element parent,
      int line,
      Map<String, String> attributes) {
    this.name = name;
    this.namespace = namespace;
    this.parent = parent;
    this.line = line;
    this.attributes = attributes;
  }

  void add(Element child) {
    if (children.isEmpty()) children = new ArrayList<>(4);
    children.add(child);
  }

  void hold(String text) {
    this.text = text;
  }

  String name() {
    return name;
  }

  String namespace() {
    return namespace;
  }

  /** Where the element starts in the XML, from 1. */
  int line() {
    return line;
  }

  @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  /** The text as it stands; empty where there are child elements. */
  String raw() {
    return text;
  }

  /** The text on one line without superfluous space; null where there is none. */
  @Nullable String text() {
    String words = text.strip().replaceAll("\\s+", " ");
    return words.isEmpty() ? null : words;
  }

  /** Children of that name. */
  Stream<Element> all(String name) {
    return children.stream().filter(child -> child.isUbl() && child.name.equals(name));
  }

  /** The first descendant down that path; each step looks at all elements of that name. */
  @Nullable Element first(String... path) {
    return all(path).findFirst().orElse(null);
  }

  Stream<Element> all(String... path) {
    Stream<Element> found = Stream.of(this);
    for (String step : path) found = found.flatMap(element -> element.all(step));
    return found;
  }

  /** The first text down that path. */
  @Nullable String text(String... path) {
    return all(path).map(Element::text).filter(java.util.Objects::nonNull).findFirst().orElse(null);
  }

  /** This element and all below it. */
  Stream<Element> tree() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(Element::tree));
  }

  /** {@code /Invoice/cac:InvoiceLine[2]/cbc:ID}: the usual prefixes, whatever the sender's are. */
  String place() {
    if (parent == null) return "/" + name;
    List<Element> alike = parent.all(name).toList();
    String index = alike.size() < 2 ? "" : "[" + (alike.indexOf(this) + 1) + "]";
    return parent.place() + "/" + prefix() + name + index;
  }

  /** Where a missing child would stand. */
  String place(String missing) {
    return place() + "/" + missing;
  }

  private boolean isUbl() {
    return namespace.isEmpty() || namespace.startsWith(UBL);
  }

  private String prefix() {
    if (namespace.endsWith(":CommonBasicComponents-2")) return "cbc:";
    return namespace.endsWith(":CommonAggregateComponents-2") ? "cac:" : "";
  }
}
