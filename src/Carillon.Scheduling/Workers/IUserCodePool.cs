namespace Carillon.Scheduling;

/// <summary>
/// Where user code runs: apart from the threads of the actors, so that code which blocks holds up nothing but itself.
/// A simulation runs it on its one thread.
/// </summary>
public interface IUserCodePool
{
    /// <summary>Runs <paramref name="work"/> soon; never on the caller's stack.</summary>
    void Queue(IThreadPoolWorkItem work);
}
