using Carillon.Scheduling;

namespace Carillon.Web.Tests;

/// <summary>Lets everything start.</summary>
internal sealed class OpenGate : IStartGate
{
    public bool IsOpen => true;

    public bool HoldsLease => true;
}
