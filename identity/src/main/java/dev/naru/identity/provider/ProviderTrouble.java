package dev.naru.identity.provider;

import java.io.IOException;

/// A provider did not do what it should. The message is for the operator and holds nothing of what
/// a person or a provider has sent.
public final class ProviderTrouble extends IOException {
  public ProviderTrouble(String what) {
    super(what);
  }

  public ProviderTrouble(String what, Throwable cause) {
    super(what, cause);
  }
}
