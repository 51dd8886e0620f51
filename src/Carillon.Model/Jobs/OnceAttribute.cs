using System.Globalization;

namespace Carillon.Model;

/// <summary>Runs once.</summary>
/// <param name="instant">When, as RFC 3339 writes it: <c>2027-01-01T00:00:00Z</c>.</param>
public sealed class OnceAttribute(string instant) : ScheduleAttribute
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>When.</summary>
    public string Instant { get; } = instant;

    /// <inheritdoc/>
    public override ScheduleSpec ToSchedule()
    {
        var isInstant = DateTimeOffset.TryParseExact(
            Instant, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        return isInstant
            ? new ScheduleSpec { At = at.ToUniversalTime() }
            : throw new FormatException($"instant '{Instant}' is not allowed: write for example 2027-01-01T00:00:00Z");
    }
}
