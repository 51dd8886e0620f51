using Carillon.Actors;

namespace Carillon.Web.Tests;

/// <summary>An actor that answers nothing, or what it is told to.</summary>
internal sealed class Silent(Action<object>? receive = null) : Actor<object>
{
    protected override void Receive(object message)
    {
        receive?.Invoke(message);
    }
}
