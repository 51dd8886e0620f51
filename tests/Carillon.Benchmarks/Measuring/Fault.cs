namespace Carillon.Benchmarks.Measuring;

/// <summary>What happens to one node of a cluster.</summary>
internal enum Fault
{
    /// <summary>SIGKILL: the only one its peer is measured with, too.</summary>
    Kill,

    /// <summary>SIGSTOP for 15 s, longer than its lease, then SIGCONT.</summary>
    Pause,

    /// <summary>It is told to stop, and does so in order.</summary>
    Leave,
}
