package org.batonjdbc.store.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.batonjdbc.store.catalog.Lob;

/** Writes and reads the carriers of {@link org.batonjdbc.store.catalog.ValueKind}, each behind a byte that names it. */
final class ValueCodec {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int LONG = 3;
    private static final int DECIMAL = 4;
    private static final int FLOAT = 5;
    private static final int DOUBLE = 6;
    private static final int UTF_8 = 7;
    private static final int CHARS = 8;
    private static final int BYTES = 9;
    private static final int UUID_ = 10;
    private static final int DATE = 11;
    private static final int TIME = 12;
    private static final int TIME_WITH_ZONE = 13;
    private static final int TIMESTAMP = 14;
    private static final int TIMESTAMP_WITH_ZONE = 15;
    private static final int ARRAY = 16;
    private static final int LOB_LATER = 17;

    private ValueCodec() {}

    static void write(DataOutput out, Object value) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Boolean b) {
            out.writeByte(b ? TRUE : FALSE);
        } else if (value instanceof Long n) {
            out.writeByte(LONG);
            out.writeLong(n);
        } else if (value instanceof BigDecimal n) {
            out.writeByte(DECIMAL);
            out.writeInt(n.scale());
            writeBytes(out, n.unscaledValue().toByteArray());
        } else if (value instanceof Float n) {
            out.writeByte(FLOAT);
            out.writeFloat(n);
        } else if (value instanceof Double n) {
            out.writeByte(DOUBLE);
            out.writeDouble(n);
        } else if (value instanceof String text) {
            writeText(out, text);
        } else if (value instanceof byte[] bytes) {
            out.writeByte(BYTES);
            writeBytes(out, bytes);
        } else if (value instanceof UUID id) {
            out.writeByte(UUID_);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        } else if (value instanceof Object[] array) {
            out.writeByte(ARRAY);
            out.writeInt(array.length);
            for (Object element : array) {
                write(out, element);
            }
        } else if (value == Lob.LATER) {
            out.writeByte(LOB_LATER);
        } else {
            writeTime(out, value);
        }
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            out.writeByte(UTF_8);
            writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
        } else {
            // Engines store half a surrogate pair as it is, which UTF-8 cannot.
            out.writeByte(CHARS);
            out.writeInt(text.length());
            out.writeChars(text);
        }
    }

    private static void writeTime(DataOutput out, Object value) throws IOException {
        if (value instanceof LocalDate date) {
            out.writeByte(DATE);
            out.writeLong(date.toEpochDay());
        } else if (value instanceof LocalTime time) {
            out.writeByte(TIME);
            out.writeLong(time.toNanoOfDay());
        } else if (value instanceof OffsetTime time) {
            out.writeByte(TIME_WITH_ZONE);
            out.writeLong(time.toLocalTime().toNanoOfDay());
            out.writeInt(time.getOffset().getTotalSeconds());
        } else if (value instanceof LocalDateTime time) {
            out.writeByte(TIMESTAMP);
            writeTimestamp(out, time);
        } else if (value instanceof OffsetDateTime time) {
            out.writeByte(TIMESTAMP_WITH_ZONE);
            writeTimestamp(out, time.toLocalDateTime());
            out.writeInt(time.getOffset().getTotalSeconds());
        } else {
            throw new IOException("no change carries a " + value.getClass().getName());
        }
    }

    private static void writeTimestamp(DataOutput out, LocalDateTime time) throws IOException {
        out.writeLong(time.toLocalDate().toEpochDay());
        out.writeLong(time.toLocalTime().toNanoOfDay());
    }

    private static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Object read(DataInput in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case LONG -> in.readLong();
            case DECIMAL -> readDecimal(in);
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case UTF_8 -> new String(readBytes(in), StandardCharsets.UTF_8);
            case CHARS -> readChars(in);
            case BYTES -> readBytes(in);
            case UUID_ -> new UUID(in.readLong(), in.readLong());
            case DATE -> LocalDate.ofEpochDay(in.readLong());
            case TIME -> LocalTime.ofNanoOfDay(in.readLong());
            case TIME_WITH_ZONE -> OffsetTime.of(LocalTime.ofNanoOfDay(in.readLong()), readOffset(in));
            case TIMESTAMP -> readTimestamp(in);
            case TIMESTAMP_WITH_ZONE -> OffsetDateTime.of(readTimestamp(in), readOffset(in));
            case ARRAY -> readArray(in);
            case LOB_LATER -> Lob.LATER;
            default -> throw new IOException("a logged value has the unknown type " + type);
        };
    }

    private static BigDecimal readDecimal(DataInput in) throws IOException {
        int scale = in.readInt();
        return new BigDecimal(new BigInteger(readBytes(in)), scale);
    }

    private static String readChars(DataInput in) throws IOException {
        char[] chars = new char[in.readInt()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = in.readChar();
        }
        return new String(chars);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static ZoneOffset readOffset(DataInput in) throws IOException {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }

    private static LocalDateTime readTimestamp(DataInput in) throws IOException {
        LocalDate date = LocalDate.ofEpochDay(in.readLong());
        return LocalDateTime.of(date, LocalTime.ofNanoOfDay(in.readLong()));
    }

    private static Object[] readArray(DataInput in) throws IOException {
        Object[] array = new Object[in.readInt()];
        for (int i = 0; i < array.length; i++) {
            array[i] = read(in);
        }
        return array;
    }
}
