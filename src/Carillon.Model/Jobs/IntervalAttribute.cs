using System.Globalization;

namespace Carillon.Model;

/// <summary>Runs at a fixed rate.</summary>
/// <param name="seconds">The period in seconds, 0.001 to 34,560,000 (400 days).</param>
public sealed class IntervalAttribute(double seconds) : ScheduleAttribute
{
    private const double MaxSeconds = 400 * 86_400;

    /// <summary>The period in seconds.</summary>
    public double Seconds { get; } = seconds;

    /// <inheritdoc/>
    public override ScheduleSpec ToSchedule()
    {
        return Seconds is > 0 and <= MaxSeconds
            ? new ScheduleSpec { Every = TimeSpan.FromSeconds(Seconds) }
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"interval {Seconds} is out of range: 0.001 to {MaxSeconds} seconds is allowed"));
    }
}
