package dev.naru.booking.site;

/// A place on the map, WGS 84.
///
/// @param lat degrees north
/// @param lng degrees east
public record Point(double lat, double lng) {}
