"""The style sheet's template: ``$name`` stands for a colour token or a size of :mod:`poseapp.ui.theme`.

Paddings lose a pixel wherever a border gains one, so that nothing moves when it is focused or checked.
"""

from __future__ import annotations

from typing import Final

__all__ = ["TEMPLATE"]

TEMPLATE: Final = """
QWidget { color: $text; }
QMainWindow, QWidget[role="page"] { background: $bg; }
QLabel { background: transparent; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="green"] { color: $green; }
QLabel[tone="ghost"] { color: $ghost; }
QLabel[tone="amber"] { color: $amber; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="green_ink"] { color: $green_ink; }
QLabel:disabled { color: $text3; }

QWidget[role="rail"] { background: $rail; border: none; border-right: 1px solid $card_edge; }
QWidget[role="card"] { background: $panel; border: 1px solid $card_edge; border-radius: 12px; }
QWidget[role="notice"] { background: $panel; border: 1px solid $line; border-radius: 12px; }
QWidget[role="banner"] { background: $raised; border-radius: 12px; }
QWidget[role="chip"] { background: $raised; border-radius: 14px; padding: 0px 12px; }
QWidget[role="clear"] { background: transparent; }
QListView[role="rows"] { background: transparent; border: none; outline: none; }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 8px;
    padding: 0px 15px; min-height: ${button_text}px; max-height: ${button_text}px;
}
QPushButton:hover, QToolButton:hover { background: $raised_hover; }
QPushButton:pressed, QToolButton:pressed { background: $raised_press; }
QPushButton:focus, QToolButton:focus {
    border: 2px solid $green; padding: 0px 14px; min-height: 36px; max-height: 36px;
}
QPushButton:disabled, QToolButton:disabled { color: $text3; background: $panel; border-color: $card_edge; }
QPushButton[scale="main"], QToolButton[scale="main"] { min-height: 46px; max-height: 46px; }
QPushButton[scale="main"]:focus, QToolButton[scale="main"]:focus { min-height: 44px; max-height: 44px; }
QPushButton[scale="far"] { min-height: 54px; max-height: 54px; padding: 0px 23px; }
QPushButton[scale="far"]:focus { min-height: 52px; max-height: 52px; padding: 0px 22px; }

QPushButton[role="primary"] { background: $green; color: $green_ink; border: 1px solid $green; }
QPushButton[role="primary"]:hover { background: $green_hover; border-color: $green_hover; }
QPushButton[role="primary"]:pressed { background: $green_press; border-color: $green_press; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $raised; color: $text3; border-color: $line; }

QPushButton[role="flat"], QToolButton[role="flat"] {
    background: transparent; border: 1px solid transparent; color: $text2;
}
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover { background: $raised; color: $text; }
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus { border: 2px solid $green; }

QPushButton[role="icon"] { padding: 0px; min-width: 38px; max-width: 38px; }
QPushButton[role="icon"]:focus { padding: 0px; min-width: 36px; max-width: 36px; }
QPushButton[role="bare"] {
    background: transparent; border: 1px solid transparent; padding: 0px; min-width: 38px; max-width: 38px;
}
QPushButton[role="bare"]:hover { background: $raised; }
QPushButton[role="bare"]:focus { border: 2px solid $green; min-width: 36px; max-width: 36px; }

QPushButton[role="toggle"] { background: $bg; color: $text2; }
QPushButton[role="toggle"]:hover { background: $panel; }
QPushButton[role="toggle"]:checked {
    background: $raised; color: $text; border-bottom: 3px solid $green; min-height: 36px; max-height: 36px;
}
QPushButton[role="toggle"][scale="main"]:checked { min-height: 44px; max-height: 44px; }
QPushButton[role="toggle"]:checked:hover { background: $raised_hover; }
QPushButton[role="toggle"]:focus { border: 2px solid $green; }
QPushButton[role="toggle"]:checked:focus { border-bottom: 3px solid $green; min-height: 35px; max-height: 35px; }
QPushButton[role="toggle"][scale="main"]:checked:focus { min-height: 43px; max-height: 43px; }

QWidget[role="segments"] { background: $bg; border: 1px solid $line; border-radius: 8px; }
QPushButton[role="segment"] {
    background: transparent; border: 1px solid transparent; border-radius: 7px; color: $text2;
    min-height: 36px; max-height: 36px;
}
QPushButton[role="segment"]:hover { color: $text; }
QPushButton[role="segment"]:checked {
    background: $raised; color: $text; border-bottom: 3px solid $green; min-height: 34px; max-height: 34px;
}
QPushButton[role="segment"]:focus { border: 2px solid $green; min-height: 34px; max-height: 34px; }
QPushButton[role="segment"]:checked:focus { border-bottom: 3px solid $green; min-height: 33px; max-height: 33px; }

QPushButton[role="chip"] {
    background: transparent; border: 1px solid $edge; border-radius: 14px; color: $text2; padding: 0px 11px;
    min-height: 26px; max-height: 26px;
}
QPushButton[role="chip"]:checked { background: $raised; border-color: $green; color: $text; }
QPushButton[role="chip"]:focus { border: 2px solid $green; padding: 0px 10px; min-height: 24px; max-height: 24px; }

QPushButton[role="railitem"] {
    background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 0px;
    min-height: 58px; max-height: 58px;
}
QPushButton[role="railitem"]:hover { background: $panel; }
QPushButton[role="railitem"]:checked { background: $raised; }
QPushButton[role="railitem"]:focus { border: 2px solid $green; min-height: 56px; max-height: 56px; }

QComboBox, QLineEdit, QSpinBox, QDoubleSpinBox {
    background: $bg; color: $text; border: 1px solid $edge; border-radius: 8px; padding: 0px 11px;
    min-height: 38px; max-height: 38px; selection-background-color: $green; selection-color: $green_ink;
}
QComboBox:focus, QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid $green; padding: 0px 10px; min-height: 36px; max-height: 36px;
}
QComboBox:disabled, QLineEdit:disabled { color: $text3; border-color: $line; }
QComboBox::drop-down { border: none; width: 36px; }
QComboBox::down-arrow { image: url("$arrow"); width: 20px; height: 20px; }
QComboBox[role="flat"] { background: transparent; border: 1px solid transparent; color: $text; padding: 0px 7px; }
QComboBox[role="flat"]:hover { background: $raised; }
QComboBox[role="flat"]:focus { border: 2px solid $green; padding: 0px 6px; }
QComboBox[role="flat"]::drop-down { width: 28px; }
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $green; selection-color: $green_ink;
}
QComboBox QAbstractItemView::item { min-height: 32px; padding: 0px 8px; }

QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 8px 20px 8px 12px; border-radius: 6px; }
QMenu::item:selected { background: $green; color: $green_ink; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 6px 8px; }

QSlider::groove:horizontal { height: 6px; border-radius: 3px; background: $line; }
QSlider::sub-page:horizontal { border-radius: 3px; background: $green; }
QSlider::handle:horizontal {
    width: 16px; height: 16px; margin: -5px 0px; border-radius: 8px; background: $text; border: none;
}
QSlider::handle:horizontal:focus {
    border: 2px solid $green; width: 16px; height: 16px; margin: -7px 0px; border-radius: 10px;
}
QSlider::handle:horizontal:disabled { background: $text3; }

QProgressBar { background: $line; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $green; border-radius: 3px; }

QCheckBox { spacing: 8px; min-height: 40px; }
QCheckBox::indicator { width: 20px; height: 20px; border: 1px solid $edge; border-radius: 6px; background: $bg; }
QCheckBox::indicator:checked { background: $green; border-color: $green; image: url("$check"); }
QCheckBox::indicator:focus { border: 2px solid $text; width: 18px; height: 18px; }

QScrollArea, QScrollArea > QWidget > QWidget[role="clear"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
"""
