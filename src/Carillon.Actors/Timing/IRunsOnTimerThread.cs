namespace Carillon.Actors;

/// <summary>
/// The state of a timer of <see cref="DedicatedTimeProvider"/> whose callback runs on the thread of the timers: it only
/// passes something on, and no code of others continues from it.
/// </summary>
public interface IRunsOnTimerThread;
