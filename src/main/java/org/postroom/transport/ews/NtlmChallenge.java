package org.postroom.transport.ews;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server's message of the sign-in (MS-NLMP 2.2.1.2).
 *
 * @param message as it came
 * @param target what it says about itself: attribute id to value, in its order
 */
record NtlmChallenge(byte[] message, int flags, byte[] nonce, Map<Integer, byte[]> target) {
  static final int TIMESTAMP = 7;
  private static final int END = 0;
  private static final int TARGET_INFO = 0x00800000;

  /** Throws {@link IllegalArgumentException} where it is none. */
  static NtlmChallenge of(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte[] signature = new byte[8];
      in.get(signature);
      if (!Arrays.equals(signature, Ntlm.SIGNATURE) || in.getInt() != 2)
        throw new IllegalArgumentException("no NTLM challenge");
      int flags = in.getInt(20);
      byte[] nonce = Arrays.copyOfRange(message, 24, 32);
      boolean told = (flags & TARGET_INFO) != 0 && message.length >= 48;
      return new NtlmChallenge(message, flags, nonce, told ? target(in) : Map.of());
    } catch (BufferUnderflowException | IndexOutOfBoundsException tooShort) {
      throw new IllegalArgumentException("a cut NTLM challenge", tooShort);
    }
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private static Map<Integer, byte[]> target(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort(40));
    ByteBuffer pairs = in.slice(in.getInt(44), length).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, byte[]> found = new LinkedHashMap<>();
    while (pairs.remaining() >= 4) {
      int id = Short.toUnsignedInt(pairs.getShort());
      byte[] value = new byte[Short.toUnsignedInt(pairs.getShort())];
      if (id == END) break;
      pairs.get(value);
      found.put(id, value);
    }
    return found;
  }
}
