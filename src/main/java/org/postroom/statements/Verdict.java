package org.postroom.statements;

/** Why a customer gets no statement: a word for programs and a sentence for people. */
record Verdict(String code, String reason) {}
