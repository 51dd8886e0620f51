using Carillon.Actors;

namespace Carillon.Cluster.Tests.Membership;

/// <summary>A virtual clock whose wall time can be set apart from its monotonic time.</summary>
internal sealed class StepClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _time = new(Start, dispatcher: null);

    /// <summary>How far the wall clock is ahead of what has passed.</summary>
    public TimeSpan WallStep { get; set; }

    public override long TimestampFrequency => _time.TimestampFrequency;

    public void Advance(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
    }

    public override DateTimeOffset GetUtcNow()
    {
        return _time.GetUtcNow() + WallStep;
    }

    public override long GetTimestamp()
    {
        return _time.GetTimestamp();
    }
}
