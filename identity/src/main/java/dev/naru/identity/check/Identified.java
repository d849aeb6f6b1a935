package dev.naru.identity.check;

import dev.naru.common.paper.Paper;
import dev.naru.identity.person.PersonData;
import dev.naru.identity.person.SealedPerson;
import dev.naru.identity.provider.Check;

/// Who somebody is, as far as a check has come.
public sealed interface Identified permits Unfinished, Identified.Person {
  /// The provider knows the person. Nothing was stored.
  ///
  /// @param check to be [spent][Identification#spend] when it has had its session
  /// @param request the request paper of the check
  /// @param sealed the person's data for the store
  record Person(
      Check check,
      Paper request,
      PersonData data,
      SealedPerson sealed,
      CampaignEligibility eligibility)
      implements Identified {}
}
