package scala;

/** Signature of Scala's class; seen by the compiler alone, never packaged. */
public abstract class Enumeration {
    public abstract class Value {}
}
