"""Which documents are read with the lighter method"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


# Without `batch_alter_table`, as in 0002: it may drop what hangs on the table.
def upgrade() -> None:
    op.add_column('documents', sa.Column('is_light', sa.Boolean(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('documents', 'is_light')
