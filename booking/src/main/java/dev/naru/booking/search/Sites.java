package dev.naru.booking.search;

import dev.naru.booking.site.Site;
import dev.naru.booking.site.SiteStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// All sites of the installation in memory, by id and by district.
public final class Sites {
  private final SiteStore store;
  private volatile Directory directory = new Directory(Map.of(), Map.of(), List.of());

  private record Directory(
      Map<Integer, Site> byId, Map<String, List<Site>> byRegion, List<Site> all) {}

  public Sites(SiteStore store) {
    this.store = store;
  }

  /// Reads all sites again. Blocks.
  public void refresh() {
    List<Site> all = store.all();
    Map<Integer, Site> byId = new HashMap<>(all.size() * 2);
    all.forEach(site -> byId.put(site.id(), site));
    directory = new Directory(byId, all.stream().collect(Collectors.groupingBy(Site::region)), all);
  }

  /// The site with an id.
  public Optional<Site> byId(int id) {
    return Optional.ofNullable(directory.byId().get(id));
  }

  /// The sites of some districts; of the whole country when none is given.
  ///
  /// @param regions codes of five digits
  public List<Site> in(Collection<String> regions) {
    if (regions.isEmpty()) {
      return directory.all();
    }
    if (regions.size() == 1) {
      return directory.byRegion().getOrDefault(regions.iterator().next(), List.of());
    }
    List<Site> sites = new ArrayList<>();
    for (String region : regions) {
      sites.addAll(directory.byRegion().getOrDefault(region, List.of()));
    }
    return sites;
  }
}
