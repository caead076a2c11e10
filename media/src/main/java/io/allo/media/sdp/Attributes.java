package io.allo.media.sdp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The {@code a=} lines of a session or of one media description, all of them, in the order written. Immutable. */
public record Attributes(List<Attribute> list) {

    /** No {@code a=} line at all. */
    public static final Attributes NONE = new Attributes(List.of());

    public Attributes {
        list = List.copyOf(list);
    }

    /** These lines, in this order. */
    public static Attributes of(Attribute... attributes) {
        return new Attributes(List.of(attributes));
    }

    /** Whether an attribute of this name is written, with or without a value. */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** The value of the first attribute of this name; an empty string for a property. */
    public Optional<String> first(String name) {
        return list.stream().filter(a -> a.named(name)).map(Attribute::value).findFirst();
    }

    /** The values of all attributes of this name, in order. */
    public List<String> all(String name) {
        return list.stream().filter(a -> a.named(name)).map(Attribute::value).toList();
    }

    /** The number an attribute carries; empty if it is absent or does not start with a number from 0 to 999999. */
    public OptionalInt number(String name) {
        return first(name).map(SdpNumbers::leadingNumber).orElse(OptionalInt.empty());
    }

    /** The first direction attribute. */
    public Optional<Direction> direction() {
        return list.stream()
                .map(a -> Direction.ofAttribute(a.name()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
