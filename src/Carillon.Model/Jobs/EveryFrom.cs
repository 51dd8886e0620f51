namespace Carillon.Model;

/// <summary>What the period of <see cref="ScheduleSpec.Every"/> is counted from.</summary>
public enum EveryFrom
{
    /// <summary>
    /// The default, a fixed rate: from the occurrence before, however long it ran. <see cref="ScheduleSpec.Start"/> or
    /// the creation of the job is the phase.
    /// </summary>
    Start = 0,

    /// <summary>
    /// A fixed delay: from the end of the last execution, of whatever trigger. Nothing is due while one is open.
    /// </summary>
    End,
}
