"""The room of 研判会商: meetings, their agendas and what they decided."""
